import { isDeepStrictEqual } from 'node:util';
import { comparable, keyOf, type KubeObject } from '../world/index.ts';
import { check, made, read, type Context } from './context.ts';
import { show } from './values.ts';

/** Each object's spec is exactly as it was before pullmend ran first. */
export async function checkUnchanged(
  context: Context,
  which: 'all' | readonly string[],
  what: string,
): Promise<void> {
  for (const key of which === 'all' ? [...context.objects.keys()] : which) {
    const before = made(context, key);
    const now = await read(context, key);
    if (before === undefined || now === undefined) {
      check(context, `${key} is ${what}`, false, before === undefined ? 'not among the manifests' : 'gone');
      continue;
    }
    if (now.metadata.deletionTimestamp !== undefined && before.metadata.deletionTimestamp === undefined)
      check(context, `${key} is not being deleted`, false, now.metadata.deletionTimestamp);
    const same = isDeepStrictEqual(comparable(now), comparable(before));
    check(
      context,
      `${key} is ${what}`,
      same,
      same ? 'the same' : difference(comparable(before), comparable(now)),
    );
  }
}

/** Each object is there and will stay, whatever its spec. */
export async function checkExists(context: Context, which: 'all' | readonly string[]): Promise<void> {
  for (const key of which === 'all' ? [...context.objects.keys()] : which) {
    const now = await read(context, key);
    const ok = now !== undefined && now.metadata.deletionTimestamp === undefined;
    check(context, `${key} exists`, ok, now === undefined ? 'gone' : ok ? 'there' : 'being deleted');
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
 * Nothing was written but by the cluster itself, and the namespace has no new Secret or ConfigMap. Controllers and
 * kubelets write whenever they count pods or try again, so a resource version proves nothing.
 */
export async function checkUntouched(context: Context): Promise<void> {
  for (const [key, before] of context.objects) {
    const now = await read(context, key);
    const [was, is] = [before, now].map((object) => object && writtenByPeople(object));
    const same = isDeepStrictEqual(is, was);
    check(context, `${key} was not written`, same, same ? 'the same' : difference(was, is));
  }
  await checkNothingNew(context);
}

/** Programs of the cluster that write objects of their own accord. */
const CLUSTER_MANAGERS = ['kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-apiserver'];

/** What an object is, and who wrote it when: any write of somebody else that changes it leaves a trace here. */
function writtenByPeople(object: KubeObject): unknown {
  const { uid, managedFields = [] } = object.metadata;
  const writes = managedFields.filter(
    ({ manager, subresource }) => subresource === undefined && !CLUSTER_MANAGERS.includes(manager),
  );
  return { uid, spec: comparable(object), writes };
}

/** Revisions that Helm keeps; an upgrade and a rollback add some. */
const helmHistory = /^(?:Secret|ConfigMap)\/sh\.helm\.release\./;

/** The namespace holds no Secret or ConfigMap that the scenario has not made. */
export async function checkNothingNew(
  context: Context,
  kinds: readonly string[] = ['Secret', 'ConfigMap'],
): Promise<void> {
  for (const kind of kinds) {
    const names = (await context.lab.kube.list('v1', kind, context.ns)).map(keyOf);
    const added = names.filter(
      (key) => !context.objects.has(key) && key !== 'ConfigMap/kube-root-ca.crt' && !helmHistory.test(key),
    );
    check(context, `no new ${kind}`, added.length === 0, added.join(', ') || 'none');
  }
}
