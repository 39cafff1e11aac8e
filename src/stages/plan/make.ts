import { missingPlatforms, tryParseReference } from '../../core/image/index.ts';
import { collisions } from '../../core/knowledge/mirrors/index.ts';
import { serviceFor } from '../../core/knowledge/requests/index.ts';
import type { Candidate, Mirror, PullProblem, Replacement, Supply } from '../../core/model/index.ts';
import type { PlanInput } from './input.ts';

/** What is known about making a copy that no mirror has. */
export type Making =
  | { readonly type: 'made'; readonly replacement: Replacement }
  /** The name on the mirror would stand for several images. */
  | { readonly type: 'taken'; readonly detail: string }
  /** What a person can do who reaches more than this machine does. */
  | { readonly type: 'none'; readonly copyTo?: string; readonly requestVia?: string };

/**
 * Where a missing copy can be made: on the first writable mirror that answered that it lacks the image, when the
 * origin can be read from here, has what the nodes need, and the name there means no other image.
 */
export function making(problem: PullProblem, supply: Supply | undefined, input: PlanInput): Making {
  const { mirrors } = input.mirrors;
  const places = (supply?.candidates ?? []).flatMap((candidate) => {
    const mirror = mirrors.find(({ name }) => name === candidate.mirror);
    return mirror?.writable === true && candidate.probe.outcome === 'absent' ? [{ mirror, candidate }] : [];
  });
  // What a name on a mirror would be copied from is another name.
  if (supply === undefined || supply.original !== undefined || !mayCopy(problem, supply, input))
    return advice(problem, places, mirrors);
  const { origin, image } = supply;
  let taken: string | undefined;
  for (const { mirror, candidate } of places) {
    const others = sharers(mirror, candidate, input).filter((it) => !sameContent(it, supply, input));
    if (others.length > 0) {
      taken ??= `${candidate.reference}: ${[image, ...others].join(', ')}`;
      continue;
    }
    const { digest, platforms } = origin;
    return {
      type: 'made',
      replacement: {
        image,
        with: candidate.reference,
        mirror: mirror.name,
        ...(digest === undefined ? {} : { digest }),
        platforms,
        identity: 'same',
        made: true,
      },
    };
  }
  return taken === undefined ? advice(problem, places, mirrors) : { type: 'taken', detail: taken };
}

function mayCopy({ status }: PullProblem, { image, origin }: Supply, { inventory }: PlanInput): boolean {
  const { class: cause, mirrorHelps } = status.diagnosis;
  // No step changes what names a pause image, so a copy made for it would help nobody yet.
  if (mirrorHelps === 'no' || cause === 'sandbox-image') return false;
  if (origin.outcome !== 'works' || origin.digest === undefined) return false;
  return (
    missingPlatforms(inventory.platformsOf?.[image] ?? inventory.platforms, origin.platforms).length === 0
  );
}

/** Other images of the inventory that the mirror's scheme would give this name. */
function sharers(mirror: Mirror, { reference }: Candidate, { inventory, supplies }: PlanInput): string[] {
  const named = inventory.usages.flatMap((usage) => usage.reference ?? []);
  const images = [...new Set([...named, ...supplies.map(({ image }) => image)])];
  const all = collisions(
    mirror,
    images.flatMap((image) => tryParseReference(image) ?? []),
  );
  return all.flatMap(({ mirrored, originals }) => (mirrored === reference ? originals : []));
}

/** One image under two names, e.g. on an old and a new host, takes nothing from itself. */
function sameContent(image: string, { image: own, origin }: Supply, { supplies }: PlanInput): boolean {
  if (image === own) return true;
  return supplies.find((it) => it.image === image)?.origin.digest === origin.digest;
}

function advice(
  { spec }: PullProblem,
  places: readonly { readonly candidate: Candidate }[],
  mirrors: readonly Mirror[],
): Making {
  const copyTo = places[0]?.candidate.reference;
  const image = tryParseReference(spec.image);
  const requestVia = image === undefined ? undefined : serviceFor(mirrors, image);
  return {
    type: 'none',
    ...(copyTo === undefined ? {} : { copyTo }),
    ...(requestVia === undefined ? {} : { requestVia }),
  };
}
