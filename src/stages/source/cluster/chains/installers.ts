import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError, redact } from '../../../../core/base/index.ts';
import { formatReference, tryParseReference } from '../../../../core/image/index.ts';
import { installerDone, installerPods } from '../../../../core/knowledge/chains/index.ts';
import { ExcerptReader, Explainer } from '../../../../core/knowledge/failures/index.ts';
import { asObjects, dig, digText, objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { InstallerFinding, JsonObject } from '../../../../core/model/index.ts';

/** A log of KubeSphere's installer has some 3,000 lines at its end; what is in the way now stands in the last ones. */
const tailLines = 500;
const limitBytes = 1024 * 1024;
/** Of evidence; a registry may have answered with a web page. */
const maxMessage = 1000;
/** Installers that run at the same time are one or two. */
const mostPods = 5;

/**
 * What installers say in their logs about images that no pod of the cluster waits for: those that they fetch
 * themselves, or whose pods are made only afterwards. None where lists of pods or logs may not be read.
 */
export async function installerFindings(
  kube: Kube,
  namespace: string | undefined,
  /** Normalised references that failing pods show already. */
  known: ReadonlySet<string>,
): Promise<readonly InstallerFinding[]> {
  const where = { labelSelector: installerPods, ...(namespace === undefined ? {} : { namespace }) };
  const pods = (await readable(kube.list('Pod', where))) ?? [];
  const found = await Promise.all(pods.slice(0, mostPods).map((pod) => findingsOf(kube, pod)));
  return found.flat().filter(({ image }) => !known.has(image));
}

async function findingsOf(kube: Kube, pod: JsonObject): Promise<readonly InstallerFinding[]> {
  const explainer = new Explainer();
  for (const status of asObjects(dig(pod, 'status', 'containerStatuses'))) {
    // A container that waits has no log.
    if (dig(status, 'state', 'waiting') !== undefined) continue;
    const container = digText(status, 'name') ?? '';
    const log = (await readable(kube.log(objectRef(pod), { container, tailLines, limitBytes }))) ?? '';
    const sinceDone = log.split(installerDone).at(-1) ?? '';
    const reader = new ExcerptReader((message) => explainer.add(message));
    for (const line of sinceDone.split('\n')) reader.add(line);
    reader.end();
  }
  return explainer.explanations().flatMap(({ image = '', diagnosis }): readonly InstallerFinding[] => {
    const reference = tryParseReference(image);
    if (reference === undefined || diagnosis.class === 'unknown') return [];
    return [
      {
        kind: 'installer-log',
        objects: [objectRef(pod)],
        image: formatReference(reference),
        class: diagnosis.class,
        message: redact(diagnosis.evidence).slice(0, maxMessage),
      },
    ];
  });
}

/** Who may not read goes without; a node that does not answer has no log to give. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_API_ERROR')) return undefined;
    if (isError(error, 'PM_NOT_FOUND')) return undefined;
    throw error;
  }
}
