import { PullmendError } from '../../core/base/index.ts';
import { asObjects, dig, digText, objectRef, pullReasons } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, NodeConfigStep } from '../../core/model/index.ts';
import type { RunContext } from '../module.ts';

/**
 * Lets pods try again that wait up to five minutes before the kubelet does: those that a controller makes anew on this
 * node, and of which nothing ever ran. Another one may come back on a node that was told nothing: it waits. Whoever may
 * not delete pods waits.
 */
export async function nudge(step: NodeConfigStep, { api, list }: RunContext): Promise<void> {
  const images = new Set(step.expect.map(({ imageAfter }) => imageAfter));
  if (images.size === 0) return;
  const pods = await list('Pod', { fieldSelector: `spec.nodeName=${step.node}` });
  for (const pod of pods.filter((one) => hangs(one, images))) {
    try {
      const uid = digText(pod, 'metadata', 'uid');
      await api.delete(objectRef(pod), uid === undefined ? {} : { uid });
    } catch (error) {
      if (!(error instanceof PullmendError)) throw error;
    }
  }
}

function hangs(pod: JsonObject, images: ReadonlySet<string>): boolean {
  const statuses = ['containerStatuses', 'initContainerStatuses'].flatMap((key) =>
    asObjects(dig(pod, 'status', key)),
  );
  const controllers = asObjects(dig(pod, 'metadata', 'ownerReferences')).filter(
    ({ controller, kind }) => controller === true && kind !== 'Node',
  );
  const isBound = digText(pod, 'spec', 'nodeSelector', 'kubernetes.io/hostname') !== undefined;
  const comesBack = controllers.some(({ kind }) => isBound || kind === 'DaemonSet');
  const neverRan = statuses.every(
    (status) => dig(status, 'state', 'waiting') !== undefined && status.restartCount === 0,
  );
  const waits = statuses.some(
    (status) =>
      images.has(specImage(pod, digText(status, 'name') ?? '')) &&
      pullReasons.has(digText(status, 'state', 'waiting', 'reason') ?? ''),
  );
  return comesBack && neverRan && waits && digText(pod, 'metadata', 'deletionTimestamp') === undefined;
}

function specImage(pod: JsonObject, name: string): string {
  const all = ['containers', 'initContainers'].flatMap((key) => asObjects(dig(pod, 'spec', key)));
  return digText(all.find((one) => one.name === name) ?? null, 'image') ?? '';
}
