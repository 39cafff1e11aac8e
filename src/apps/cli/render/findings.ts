import type { ClusterFinding } from '../../../core/model/index.ts';
import type { Page } from './page.ts';
import { indented, row } from './rows.ts';

const annotation = 'storageclass.kubernetes.io/is-default-class';

/** What is wrong with the cluster itself, each with the command that ends it; nothing when all is well. */
export function findingBlocks(findings: readonly ClusterFinding[], page: Page): readonly string[] {
  return findings.flatMap(({ kind, objects }) => {
    const { titles, advice } = page.m.problems.findings;
    const names = objects.map(({ name }) => name);
    return [
      '',
      page.paint.strong(titles[kind](names.join(', '))),
      ...row(page.m.problems.labels.try, advice[kind], page),
      ...indented(commandsFor(kind, names)).map(page.paint.strong),
    ];
  });
}

function commandsFor(kind: ClusterFinding['kind'], names: readonly string[]): readonly string[] {
  if (kind === 'no-default-storage-class') {
    // With several a person has to choose; the name of an object needs no quotes in a shell.
    const name = names.length === 1 ? names[0] : 'NAME';
    return names.length === 0 ? [] : [`kubectl annotate --overwrite storageclass ${name} ${annotation}=true`];
  }
  return names
    .slice(1)
    .map((name) => `kubectl annotate --overwrite storageclass ${name} ${annotation}=false`);
}
