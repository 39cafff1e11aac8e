import { containersOfRuntime, NodeAccessError, type NodeContainer } from '../../adapters/node/index.ts';
import { notEntered, type World } from '../../access/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, Vantage } from '../../core/model/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';

/** A container and the pod that it belongs to, as the API knows it. */
export type ContainerOfNode = NodeContainer & { readonly pod?: PodContainer };

type PodContainer = { readonly namespace: string; readonly name: string; readonly container: string };

export type NodeContainers = {
  readonly runtime: string;
  readonly version: string;
  readonly access: NonNullable<Vantage['access']>;
  readonly containers: readonly ContainerOfNode[];
};

/** Lists the containers of nodes, all where none is named; changes nothing. */
export async function nodeContainers(
  names: readonly string[],
  world: World,
): Promise<readonly OfNode<NodeContainers>[]> {
  const pods = containersOfPods(await (await world.outside.kube()).list('Pod'));
  return await onNodes(names, world, async ({ shell, runtime, read }, node) => {
    try {
      const containers = await containersOfRuntime(shell, runtime);
      const { version } = await read();
      return {
        runtime: runtime.name,
        version,
        access: shell.access,
        containers: containers.map((one) => {
          const pod = pods.get(one.id);
          return pod === undefined ? one : { ...one, pod };
        }),
      };
    } catch (cause) {
      throw cause instanceof NodeAccessError ? notEntered(node, cause) : cause;
    }
  });
}

/** By the ID of a container, which statuses have behind the runtime's name: `containerd://…`. */
export function containersOfPods(pods: readonly JsonObject[]): ReadonlyMap<string, PodContainer> {
  const lists = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'];
  const all = pods.flatMap((pod) => {
    const namespace = digText(pod, 'metadata', 'namespace') ?? '';
    const name = digText(pod, 'metadata', 'name') ?? '';
    return lists
      .flatMap((list) => asObjects(dig(pod, 'status', list)))
      .flatMap((status) =>
        [digText(status, 'containerID'), digText(status, 'lastState', 'terminated', 'containerID')].map(
          (id) =>
            [
              id?.replace(/^.*:\/\//, '') ?? '',
              { namespace, name, container: digText(status, 'name') ?? '' },
            ] as const,
        ),
      );
  });
  return new Map(all.filter(([id]) => id !== ''));
}
