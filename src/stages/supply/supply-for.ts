import { PullmendError } from '../../core/base/index.ts';
import type { Inventory, Supply } from '../../core/model/index.ts';
import { supply } from './supply.ts';
import type { World } from '../../access/index.ts';

/** Asks origin and mirrors of each image. */
export async function supplyFor(
  images: readonly string[],
  {
    platforms,
    platformsOf = {},
    knownDigests,
    namedDigests = {},
    fromOrigin = false,
  }: Pick<Inventory, 'platforms' | 'platformsOf' | 'knownDigests' | 'namedDigests'> & {
    readonly fromOrigin?: boolean;
  },
  { options, outside, registries }: World,
): Promise<readonly Supply[]> {
  if (images.length === 0) return [];
  const given = await outside.knownDigests();
  const started = performance.now();
  const supplies = await supply(
    {
      images: images.map((image) => ({
        image,
        knownDigests: knownDigests[image] ?? [],
        namedDigests: namedDigests[image] ?? [],
        givenDigests: given[image] ?? [],
        platforms: platformsOf[image] ?? platforms,
      })),
      mirrors: outside.mirrors,
      platforms,
      fromOrigin,
    },
    {
      probe: registries.probe,
      onProgress: (progress) => options.onEvent({ type: 'probing', ...progress }),
      signal: options.signal,
    },
  );
  options.onEvent({ type: 'supplied', supplies, seconds: (performance.now() - started) / 1000 });
  return supplies;
}

/** Where one image can be had. */
export async function find(image: string, platforms: readonly string[], world: World): Promise<Supply> {
  const [found] = await supplyFor([image], { platforms, knownDigests: {} }, world);
  if (found === undefined) throw new PullmendError('PM_INTERNAL', { message: `no supply for ${image}` });
  return found;
}
