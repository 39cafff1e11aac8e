import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import { pullReasons } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, NodeConfigStep } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import type { Look } from '../proof/index.ts';

/** The kubelet of the node has the images: containers of its pods that are written so wait for none of them. */
export async function prove(step: NodeConfigStep, { list }: StepTools): Promise<Look> {
  const images = new Set(step.expect.map(({ imageAfter }) => imageAfter));
  const pods = await list('Pod', { namespace: '', fieldSelector: `spec.nodeName=${step.node}` });
  const staying = pods.filter((pod) => digText(pod, 'metadata', 'deletionTimestamp') === undefined);
  const seen = staying.flatMap((pod) => waitsIn(pod, images));
  const proved = seen.filter((wait) => wait === undefined).length;
  const [detail] = seen.filter((wait) => wait !== undefined);
  const isProved = seen.length > 0 && proved === seen.length;
  return {
    result: isProved ? 'proved' : 'failing',
    final: isProved ? 'now' : 'no',
    proved,
    expected: Math.max(seen.length, 1),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** For each container with one of the images: what it waits for, or undefined when it has its image. */
function waitsIn(pod: JsonObject, images: ReadonlySet<string>): readonly (string | undefined)[] {
  const pairs = [
    ['containers', 'containerStatuses'],
    ['initContainers', 'initContainerStatuses'],
  ] as const;
  return pairs.flatMap(([list, statuses]) =>
    asObjects(dig(pod, 'spec', list))
      .filter(({ image }) => typeof image === 'string' && images.has(image))
      .map(({ name }) => {
        const status = asObjects(dig(pod, 'status', statuses)).find((one) => one.name === name);
        const reason = digText(status, 'state', 'waiting', 'reason');
        if (status === undefined) return 'no status yet';
        const waits = reason !== undefined && (pullReasons.has(reason) || digText(status, 'imageID') === '');
        return waits ? `${reason}: ${digText(status, 'state', 'waiting', 'message') ?? ''}` : undefined;
      }),
  );
}
