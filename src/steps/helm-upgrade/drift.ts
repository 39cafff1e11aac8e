import pLimit from 'p-limit';
import { managersOf, type ObjectApi } from '../../adapters/kube/index.ts';
import { isError, pointerToken } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { asObjects, asText, dig, isObject } from '../../core/knowledge/pods/index.ts';
import { objectName, type Json, type JsonObject } from '../../core/model/index.ts';
import type { Brought } from './rendered.ts';

/** Something that an upgrade would take back though nobody asked for that. */
export type Drift = {
  readonly object: string;
  /** Absent: the object is gone, and would be made anew. */
  readonly path?: string;
  /** The field manager. */
  readonly by?: string;
};

/** Each of them is a request. */
const atOnce = 8;

/** Helm's own names as a field manager: that of the program. */
const helm = /^helm/i;

/**
 * What differs between the objects that a release brought and the cluster because somebody else wrote it since: Helm
 * compares with what is there, and would write it over.
 *
 * @param young the same objects as they will be: what somebody wrote already is no loss.
 * @param how `strict`: whoever wrote it, since Helm may not have come to writing all of them.
 */
export async function driftOf(
  brought: readonly Brought[],
  young: readonly Brought[],
  api: ObjectApi,
  { strict = false }: { readonly strict?: boolean } = {},
): Promise<Drift | undefined> {
  const turn = pLimit(atOnce);
  const after = new Map(young.map(({ ref, object }) => [objectName(ref), object]));
  const found = await Promise.all(
    brought.map(
      async (one) => await turn(async () => await driftIn(one, after.get(objectName(one.ref)), api, strict)),
    ),
  );
  return found.find((one) => one !== undefined);
}

async function driftIn(
  { ref, object }: Brought,
  young: JsonObject | undefined,
  api: ObjectApi,
  strict: boolean,
): Promise<Drift | undefined> {
  const name = objectName(ref);
  let live: JsonObject;
  try {
    live = await api.get(ref);
  } catch (error) {
    if (isError(error, 'PM_NOT_FOUND') || isError(error, 'PM_UNKNOWN_KIND')) return { object: name };
    throw error;
  }
  const isTouched = asObjects(dig(live, 'metadata', 'managedFields')).some(isForeign);
  if (!isTouched && !strict) return undefined;
  for (const { path, value, place } of leavesIn(object, live)) {
    const now = readField(live, place);
    if (isSame(now, value) || isSame(now, readField(young ?? {}, path))) continue;
    const by = managersOf(live, [place]).find(isForeign)?.manager;
    // What nobody else owns is only written in another form by the API server: `1000m` and `1`.
    if (typeof by === 'string') return { object: name, path: place, by };
    if (strict && !isEmpty(value) && isKept(path)) return { object: name, path: place };
    if (now === undefined && !isEmpty(value) && !isHelms(live, place) && isKept(path))
      return { object: name, path: place };
  }
  return undefined;
}

/** Somebody who is neither Helm nor a controller that reports. */
function isForeign(entry: JsonObject): boolean {
  return entry.subresource !== 'status' && !helm.test(asText(entry.manager) ?? '');
}

function isHelms(live: JsonObject, path: string): boolean {
  return managersOf(live, [path]).some((entry) => !isForeign(entry));
}

/** `stringData` is never read back. */
function isKept(path: string): boolean {
  return !path.startsWith('/stringData/') && !path.startsWith('/status');
}

type PlacedLeaf = {
  /** In the object as it was brought. */
  readonly path: string;
  /** In the live one, whose lists may be longer or in another order. */
  readonly place: string;
  readonly value: Json;
};

function* leavesIn(
  value: Json | undefined,
  live: Json | undefined,
  path = '',
  place = '',
): Generator<PlacedLeaf> {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const there = Array.isArray(live) ? (live as readonly Json[]) : [];
    for (const [index, item] of items.entries()) {
      const at = counterpart(item, index, there);
      yield* leavesIn(item, there[at], `${path}/${index}`, `${place}/${at}`);
    }
  } else if (isObject(value)) {
    for (const [key, entry] of Object.entries(value)) {
      const token = pointerToken(key);
      yield* leavesIn(entry, isObject(live) ? live[key] : undefined, `${path}/${token}`, `${place}/${token}`);
    }
  } else yield { path, place, value };
}

/** Lists of the API are known by the names in them. */
function counterpart(item: Json, index: number, there: readonly Json[]): number {
  if (!isObject(item) || typeof item.name !== 'string') return index;
  const at = there.findIndex((one) => isObject(one) && one.name === item.name);
  return at < 0 ? index : at;
}

function isSame(now: Json | undefined, value: Json | undefined): boolean {
  if (now === undefined || value === undefined) return false;
  return now === value || String(now) === String(value);
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || value === false || value === 0;
}
