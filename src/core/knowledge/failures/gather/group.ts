import { normaliseImage, repositoryName, tryParseReference } from '../../../image/index.ts';
import type { Diagnosis } from '../../../model/index.ts';
import type { Numbered } from './arrivals.ts';

/** Objects named of each cause; of more only the number is told. */
const maxObjects = 1000;

/** Messages of one image, or of one cause where no image is named. */
export type Group = {
  image: string | undefined;
  /** Different diagnoses, as often as each was told. */
  readonly causes: Map<string, { readonly diagnosis: Diagnosis; readonly first: Numbered; count: number }>;
  /** Messages that only say that something fails. */
  bare: number;
  /** The latest message of each object; `''` stands for those that name none. */
  readonly places: Map<string, Numbered>;
  /** What endpoints said that were passed over. */
  readonly passed: Diagnosis[];
};

export function emptyGroup(image: string | undefined): Group {
  return { image, causes: new Map(), bare: 0, places: new Map(), passed: [] };
}

/** Adds a message; `diagnosis` is left out where the text names no cause. */
export function addTo(group: Group, message: Numbered, diagnosis: Diagnosis | undefined): void {
  const place = message.object ?? '';
  const known = group.places.get(place);
  if (known !== undefined || group.places.size < maxObjects)
    group.places.set(place, { ...known, ...message, count: 1 });
  if (diagnosis === undefined) {
    group.bare += message.count;
    return;
  }
  const key = causeKey(diagnosis);
  const cause = group.causes.get(key);
  if (cause === undefined) group.causes.set(key, { diagnosis, first: message, count: message.count });
  else cause.count += message.count;
}

export function causeKey({ class: failure, inner, endpoint, variant }: Diagnosis): string {
  return [failure, inner, endpoint, variant].join(' ');
}

export function objectsOf({ places }: Group): readonly string[] {
  return [...places.keys()].filter((object) => object !== '');
}

/**
 * Joins groups that tell of one pull: a cause without an image goes to the image of the same pod, or to the only one;
 * a name without tag (`pull access denied for acme/app`) to the image of that repository.
 */
export function joined(groups: readonly Group[]): readonly Group[] {
  const result: Group[] = [...groups];
  for (const group of groups.toSorted(
    (a, b) => Number(a.image !== undefined) - Number(b.image !== undefined),
  )) {
    const others = result.filter((other) => other !== group && isSamePull(group, other));
    const [other, ...more] = others;
    if (other === undefined || (more.length > 0 && !saysTheSame(group, other))) continue;
    merge(group, other);
    result.splice(result.indexOf(group), 1);
  }
  return result;
}

/** May `group` be told as part of `other`? */
function isSamePull(group: Group, other: Group): boolean {
  if (other.image === undefined) return false;
  if (group.image === undefined) {
    if (group.causes.size === 0) return areTogether(group, other) || objectsOf(group).length === 0;
    return areTogether(group, other) && (other.causes.size === 0 || saysTheSame(group, other));
  }
  const own = tryParseReference(group.image);
  const its = tryParseReference(other.image);
  if (own === undefined || its === undefined || own.tag !== undefined || own.digest !== undefined)
    return false;
  return repositoryName(own) === repositoryName(its);
}

function areTogether(group: Group, other: Group): boolean {
  const objects = objectsOf(group);
  const its = objectsOf(other);
  return objects.length === 0 || its.length === 0 || objects.some((object) => other.places.has(object));
}

function saysTheSame(group: Group, other: Group): boolean {
  const classes = [...other.causes.values()].map(({ diagnosis }) => diagnosis.class);
  return [...group.causes.values()].some(({ diagnosis }) => classes.includes(diagnosis.class));
}

/** Joins groups of one key, each with what its first one names. */
export function together(groups: readonly Group[], keyOf: (group: Group) => string): readonly Group[] {
  return [...Map.groupBy(groups, keyOf).values()].flatMap(([first, ...more]) => {
    if (first === undefined) return [];
    for (const group of more) merge(group, first);
    return [first];
  });
}

function merge(group: Group, into: Group): void {
  const of = new Set([...into.causes.values()].map(({ diagnosis }) => diagnosis.class));
  for (const [key, cause] of group.causes) {
    const same =
      into.causes.get(key) ??
      [...into.causes.values()].find((one) => one.diagnosis.class === cause.diagnosis.class);
    if (same !== undefined && of.has(cause.diagnosis.class)) same.count += cause.count;
    else into.causes.set(key, cause);
  }
  into.bare += group.bare;
  into.passed.push(...group.passed);
  for (const [object, message] of group.places)
    if (object !== '' && !into.places.has(object)) into.places.set(object, message);
}

export function groupKey(
  image: string | undefined,
  diagnosis: Diagnosis | undefined,
  object: string | undefined,
): string {
  if (image !== undefined) return `image ${normaliseImage(image)}`;
  return diagnosis === undefined ? `bare ${object ?? ''}` : `cause ${causeKey(diagnosis)}`;
}
