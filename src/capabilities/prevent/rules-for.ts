import { chosenMirrors, type World } from '../../access/index.ts';
import { chooseCopy } from '../../core/choose/index.ts';
import { formatReference, parseReference, tryParseReference } from '../../core/image/index.ts';
import { isMirrored } from '../../core/knowledge/mirrors/index.ts';
import { inexpressible, type PreventionRules } from '../../core/knowledge/prevention/index.ts';
import type { Mirror, Supply } from '../../core/model/index.ts';
import { nodePlatforms } from '../../stages/source/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import type { UsedImage } from './images.ts';
import type { PreventOptions, Prevention } from './types.ts';

/** A policy of more names would not fit into one object of the API server with room to spare. */
const maxNames = 1000;

/** A proxy gives whatever its registry has; of the others only names are taken that they were seen to have. */
function isWhole(mirror: Mirror, named: ReadonlySet<string>): boolean {
  return mirror.scheme === 'harbor-proxy' || named.has(mirror.name);
}

/** The rules for the images that are used, after every mirror was asked for them. Errors: PM_MIRROR_UNKNOWN. */
export async function rulesFor(
  images: readonly UsedImage[],
  { whole, allowUnverified }: Pick<PreventOptions, 'whole' | 'allowUnverified'>,
  world: World,
): Promise<PreventionRules & Pick<Prevention, 'inexpressible'>> {
  const { mirrors } = world.outside.mirrors;
  const named = new Set(whole.length === 0 ? [] : chosenMirrors(whole, world).map(({ name }) => name));
  const wanted = mirrors.filter((mirror) => isWhole(mirror, named));
  const said = wanted.map((mirror) => ({ mirror, why: inexpressible(mirror) }));
  const originals = images.filter(({ image }) => {
    const reference = tryParseReference(image);
    return reference !== undefined && !mirrors.some((mirror) => isMirrored(mirror, reference));
  });
  const platforms = await nodePlatforms(await world.outside.kube());
  const asked = originals.slice(0, maxNames).map(({ image }) => image);
  const supplies = await supplyFor(asked, { platforms, knownDigests: {} }, world);
  return {
    mirrors,
    whole: said.flatMap(({ mirror, why }) => (why === undefined ? [mirror] : [])),
    known: new Map(supplies.flatMap((supply) => knownName(supply, allowUnverified))),
    inexpressible: said.flatMap(({ mirror, why }) =>
      why === undefined ? [] : [{ mirror: mirror.name, why }],
    ),
  };
}

function knownName(
  supply: Supply,
  allowUnverified: boolean,
): readonly (readonly [string, { readonly with: string; readonly mirror: string }])[] {
  const choice = chooseCopy(supply, { allowUnverified });
  if (!choice.ok) return [];
  const { reference, mirror } = choice.copy;
  return [[supply.image, { with: formatReference(parseReference(reference)), mirror }]];
}
