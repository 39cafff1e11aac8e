import { isDeepStrictEqual } from 'node:util';
import { comparable, keyOf } from '../world/index.ts';
import { check, read, type Context } from './context.ts';
import { show } from './values.ts';

/** Each object's spec is exactly as it was before pullmend ran first. */
export async function checkUnchanged(
  context: Context,
  which: 'all' | readonly string[],
  what: string,
): Promise<void> {
  for (const key of which === 'all' ? [...context.objects.keys()] : which) {
    const before = context.objects.get(key);
    const now = await read(context, key);
    if (before === undefined || now === undefined) {
      check(context, `${key} is ${what}`, false, before === undefined ? 'not among the manifests' : 'gone');
      continue;
    }
    const same = isDeepStrictEqual(comparable(now), comparable(before));
    check(
      context,
      `${key} is ${what}`,
      same,
      same ? 'the same' : difference(comparable(before), comparable(now)),
    );
  }
}

/** Where two trees differ first, with both values. */
function difference(before: unknown, now: unknown, path = ''): string {
  if (isObject(before) && isObject(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
      if (!isDeepStrictEqual(before[key], now[key]))
        return difference(before[key], now[key], `${path}/${key}`);
  }
  return `${path}: before ${show(before)}, now ${show(now)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * Nothing was written: resource versions are equal, and the namespace has no new Secret or ConfigMap. The kubelet
 * writes the status of a pod whenever it tries again, so of a pod only UID and generation count.
 */
export async function checkUntouched(context: Context): Promise<void> {
  for (const [key, before] of context.objects) {
    const now = await read(context, key);
    const stamp = (object: typeof now): string =>
      before.kind === 'Pod'
        ? `${object?.metadata.uid} generation ${object?.metadata.generation}`
        : `${object?.metadata.resourceVersion}`;
    check(
      context,
      `${key} was not written`,
      stamp(now) === stamp(before),
      `before ${stamp(before)}, now ${stamp(now)}`,
    );
  }
  await checkNothingNew(context);
}

/** The namespace holds no Secret or ConfigMap that the scenario has not made. */
export async function checkNothingNew(
  context: Context,
  kinds: readonly string[] = ['Secret', 'ConfigMap'],
): Promise<void> {
  for (const kind of kinds) {
    const names = (await context.lab.kube.list('v1', kind, context.ns)).map(keyOf);
    const added = names.filter((key) => !context.objects.has(key) && key !== 'ConfigMap/kube-root-ca.crt');
    check(context, `no new ${kind}`, added.length === 0, added.join(', ') || 'none');
  }
}
