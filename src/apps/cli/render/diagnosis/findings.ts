import { failureClassInfo } from '../../../../core/knowledge/failures/index.ts';
import type {
  ClusterFinding,
  InstallerFinding,
  RefusalFinding,
  StorageClassFinding,
} from '../../../../core/model/index.ts';
import { title } from '../names.ts';
import type { Page } from '../page.ts';
import { indented, row } from '../rows.ts';
import { wrap } from '../wrap.ts';

const annotation = 'storageclass.kubernetes.io/is-default-class';

/** Workloads of one refusal that are named. */
const mostObjects = 3;
/** As much of a refusal as tells what is asked for; the whole of it is in `-o json`. */
const mostMessage = 320;

/** A finding in words, with the commands that end it. */
export type FindingText = {
  readonly title: string;
  /** In the words of whoever is to blame. */
  readonly says?: string;
  readonly advice: string;
  readonly commands: readonly string[];
};

/** What is wrong with the cluster itself, each with the command that ends it; nothing when all is well. */
export function findingBlocks(findings: readonly ClusterFinding[], page: Page): readonly string[] {
  return findingTexts(findings, page).flatMap(({ title: head, says, advice, commands }) => [
    '',
    ...wrap(head, page.width).map(page.paint.strong),
    ...(says === undefined ? [] : row(page.m.problems.labels.says, says, page).map(page.paint.quiet)),
    ...row(page.m.problems.labels.try, advice, page),
    ...indented(commands).map(page.paint.strong),
  ]);
}

export function findingTexts(findings: readonly ClusterFinding[], page: Page): readonly FindingText[] {
  return findings.map((finding) => {
    if (finding.kind === 'installer-log') return installerText(finding, page);
    return finding.kind === 'pods-refused' ? refusalText(finding, page) : storageText(finding, page);
  });
}

function refusalText({ by, name, objects, message }: RefusalFinding, page: Page): FindingText {
  const { refused } = page.m.problems.findings;
  const [first] = objects;
  const { namespace = '' } = first;
  const more = objects.length > mostObjects ? [page.m.words.more(objects.length - mostObjects)] : [];
  const names = page.m.words.list([...objects.slice(0, mostObjects).map(title), ...more]);
  return {
    title: refused.title(names, objects.length === 1, refused.by[by](name ?? '')),
    says: shorten(message),
    advice: refused.advice[by],
    commands: [lookAtRefuser(by, namespace, name) ?? `kubectl describe -n ${namespace} ${pathOf(first)}`],
  };
}

/** Shows what refuses; names were read as names of the API, so that they need no quotes in a shell. */
function lookAtRefuser(
  by: RefusalFinding['by'],
  namespace: string,
  name: string | undefined,
): string | undefined {
  switch (by) {
    case 'quota':
      return `kubectl describe -n ${namespace} resourcequota ${name ?? ''}`.trimEnd();
    case 'limit-range':
      return `kubectl describe -n ${namespace} limitrange`;
    case 'pod-security':
      return `kubectl get namespace ${namespace} --show-labels`;
    case 'admission-policy':
      return `kubectl get -o yaml validatingadmissionpolicy ${name ?? ''}`.trimEnd();
    case 'webhook':
    case 'webhook-silent':
      return 'kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o yaml';
    case 'terminating':
      return `kubectl get namespace ${namespace} -o yaml`;
    case 'service-account':
      return `kubectl get -n ${namespace} serviceaccounts`;
    case 'priority-class':
      return 'kubectl get priorityclasses';
    case 'runtime-class':
      return 'kubectl get runtimeclasses';
    default:
      return undefined;
  }
}

function pathOf({ kind, name }: RefusalFinding['objects'][0]): string {
  return `${kind.toLowerCase()}/${name}`;
}

function shorten(text: string): string {
  return text.length > mostMessage ? `${text.slice(0, mostMessage)}…` : text;
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
    commands: commandsFor(kind, names, page),
  };
}

function commandsFor(
  kind: StorageClassFinding['kind'],
  names: readonly string[],
  { program }: Page,
): readonly string[] {
  if (kind === 'no-default-storage-class') {
    // With several a person has to choose; the name of an object needs no quotes in a shell.
    const name = names.length === 1 ? names[0] : 'NAME';
    // None at all: a provisioner is missing, and its images come from mirrors too.
    return names.length === 0
      ? [`${program} rewrite PROVISIONER.yaml --in-place`, 'kubectl apply -f PROVISIONER.yaml']
      : [`kubectl annotate --overwrite storageclass ${name} ${annotation}=true`];
  }
  return names
    .slice(1)
    .map((name) => `kubectl annotate --overwrite storageclass ${name} ${annotation}=false`);
}
