import { imagesOfRuntime, NodeAccessError, type NodeImage } from '../../adapters/node/index.ts';
import type { World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { tryParseReference, formatReference } from '../../core/image/index.ts';
import { dig, digText, podSurfaces } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, Vantage } from '../../core/model/index.ts';
import { onNodes, type OfNode } from '../node-config/index.ts';

export { removeName, type NameRemoval, type RemoveOptions } from './remove.ts';
export { nodeContainers, type NodeContainers } from './containers.ts';

/** What a node has, and what its pods name that it has not. */
export type NodeInventory = {
  readonly runtime: string;
  readonly version: string;
  readonly access: NonNullable<Vantage['access']>;
  readonly images: readonly NodeImage[];
  readonly missing: readonly { readonly image: string; readonly pods: number }[];
};

/** Lists the images of nodes, all where none is named; changes nothing. */
export async function nodeImages(
  names: readonly string[],
  world: World,
): Promise<readonly OfNode<NodeInventory>[]> {
  const pods = await (await world.outside.kube()).list('Pod');
  return await onNodes(names, world, async ({ shell, runtime, read }, node) => {
    try {
      const images = await imagesOfRuntime(shell, runtime);
      const { version } = await read();
      const own = pods.filter((pod) => digText(pod, 'spec', 'nodeName') === node);
      return {
        runtime: runtime.name,
        version,
        access: shell.access,
        images,
        missing: missingOf(own, images),
      };
    } catch (cause) {
      if (!(cause instanceof NodeAccessError)) throw cause;
      throw new PullmendError('PM_NODE_NOT_ENTERED', { node, reason: cause.message }, { cause });
    }
  });
}

/** Images that pods of a node name, ended ones aside, and that the node has under no such name. */
export function missingOf(
  pods: readonly JsonObject[],
  images: readonly NodeImage[],
): NodeInventory['missing'] {
  const there = new Set(images.flatMap((image) => image.names));
  const missing = new Map<string, number>();
  for (const pod of pods) {
    if (['Succeeded', 'Failed'].includes(digText(pod, 'status', 'phase') ?? '')) continue;
    const named = new Set(podSurfaces(dig(pod, 'spec')).flatMap(({ image }) => nameOnNode(image) ?? []));
    for (const name of named) if (!there.has(name)) missing.set(name, (missing.get(name) ?? 0) + 1);
  }
  return [...missing]
    .map(([image, count]) => ({ image, pods: count }))
    .toSorted((a, b) => b.pods - a.pods || a.image.localeCompare(b.image));
}

/** The kubelet asks for `repository@digest` where there is a digest, whatever the tag says. */
function nameOnNode(image: string): string | undefined {
  const reference = tryParseReference(image);
  if (reference === undefined) return undefined;
  const { registry, repository, digest } = reference;
  return formatReference(digest === undefined ? reference : { registry, repository, digest });
}
