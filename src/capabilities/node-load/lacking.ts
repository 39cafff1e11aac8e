import type { NodeOn } from '../../access/index.ts';
import { contentOf, type NodeContent } from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { chainIds } from '../../core/image/index.ts';
import type { NodeLoadStep } from '../../core/model/index.ts';
import { lackingLayers, type PlatformImage } from '../../steps/index.ts';

/** What a node lacks of an image. */
export type Lacking = {
  readonly platform: string;
  /** How it is entered. */
  readonly access: NodeOn['shell']['access'];
  /** Of layers that would be sent. */
  readonly bytes: number;
  readonly layers: number;
  /** Of all layers, for comparison. */
  readonly size: number;
  /** It has the image under these names already. */
  readonly has: boolean;
};

/** An image as it would be on a node of one platform. */
export type WantedImage = Pick<NodeLoadStep, 'names' | 'digest'> & {
  /** Absent: it has nothing for the platform. */
  readonly image?: PlatformImage | undefined;
};

/**
 * What a node lacks of images that it is given one after the other: a layer that one brings is there for the next.
 * Errors, in place of an image: PM_NODE_LOAD_FAILED. Errors: NodeAccessError.
 */
export async function lackingOn(
  { node, platform, on }: { readonly node: string; readonly platform: string; readonly on: NodeOn },
  wanted: readonly WantedImage[],
): Promise<readonly (Lacking | PullmendError)[]> {
  const { shell, runtime } = on;
  const content = await contentOf(
    shell,
    runtime,
    wanted.flatMap(({ names }) => names),
  );
  const [blobs, unpacked] = [new Set(content.blobs), new Set(content.unpacked)];
  return wanted.map((one) => {
    const problem = problemOf(node, platform, one, content);
    if (problem !== undefined || one.image === undefined) return problem as PullmendError;
    const { image, names } = one;
    const lacking = lackingLayers(image, { blobs, unpacked });
    for (const { layer } of lacking) blobs.add(layer.digest);
    for (const id of chainIds(image.diffIds)) unpacked.add(id);
    const named = new Set(content.named.map(({ name }) => name));
    return {
      platform,
      access: shell.access,
      bytes: lacking.reduce((sum, { layer }) => sum + layer.size, 0),
      layers: lacking.length,
      size: image.layers.reduce((sum, { size }) => sum + size, 0),
      has: names.every((name) => named.has(name)) && lacking.length === 0,
    };
  });
}

function problemOf(
  node: string,
  platform: string,
  { image, names, digest }: WantedImage,
  { named }: NodeContent,
): PullmendError | undefined {
  const [name = ''] = names;
  if (image === undefined)
    return new PullmendError('PM_NODE_LOAD_FAILED', { node, name, why: 'no-platform', detail: platform });
  const taken = named.find((one) => names.includes(one.name) && one.digest !== digest);
  if (taken === undefined) return undefined;
  return new PullmendError('PM_NODE_LOAD_FAILED', { node, name, why: 'taken', detail: taken.digest });
}
