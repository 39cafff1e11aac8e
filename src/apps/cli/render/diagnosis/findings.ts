import { failureClassInfo } from '../../../../core/knowledge/failures/index.ts';
import type { ClusterFinding, InstallerFinding, StorageClassFinding } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { indented, row } from '../rows.ts';

const annotation = 'storageclass.kubernetes.io/is-default-class';

/** A finding in words, with the commands that end it. */
export type FindingText = {
  readonly title: string;
  readonly advice: string;
  readonly commands: readonly string[];
};

/** What is wrong with the cluster itself, each with the command that ends it; nothing when all is well. */
export function findingBlocks(findings: readonly ClusterFinding[], page: Page): readonly string[] {
  return findingTexts(findings, page).flatMap(({ title, advice, commands }) => [
    '',
    page.paint.strong(title),
    ...row(page.m.problems.labels.try, advice, page),
    ...indented(commands).map(page.paint.strong),
  ]);
}

export function findingTexts(findings: readonly ClusterFinding[], page: Page): readonly FindingText[] {
  return findings.map((finding) =>
    finding.kind === 'installer-log' ? installerText(finding, page) : storageText(finding, page),
  );
}

function installerText({ objects: [pod], image, class: failure }: InstallerFinding, page: Page): FindingText {
  const { meaning, works } = failureClassInfo[failure].text[page.lang];
  const { namespace = '', name } = pod;
  return {
    title: page.m.problems.findings.installerLog(`${namespace}/${name}`, image, meaning),
    advice: page.m.words.sentences(works),
    // A name of an image or of an object needs no quotes in a shell.
    commands: [`${page.program} find ${image}`, `kubectl logs -n ${namespace} ${name}`],
  };
}

function storageText({ kind, objects }: StorageClassFinding, page: Page): FindingText {
  const { titles, advice } = page.m.problems.findings;
  const names = objects.map(({ name }) => name);
  return {
    title: titles[kind](page.m.words.list(names)),
    advice: advice[kind],
    commands: commandsFor(kind, names),
  };
}

function commandsFor(kind: StorageClassFinding['kind'], names: readonly string[]): readonly string[] {
  if (kind === 'no-default-storage-class') {
    // With several a person has to choose; the name of an object needs no quotes in a shell.
    const name = names.length === 1 ? names[0] : 'NAME';
    return names.length === 0 ? [] : [`kubectl annotate --overwrite storageclass ${name} ${annotation}=true`];
  }
  return names
    .slice(1)
    .map((name) => `kubectl annotate --overwrite storageclass ${name} ${annotation}=false`);
}
