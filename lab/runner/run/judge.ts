import { isDeepStrictEqual } from 'node:util';
import type { RequestLog } from '../../upstreams/client.ts';
import { substitute, type RequestPattern, type Then } from '../file/index.ts';
import { comparable, keyOf } from '../world/index.ts';
import { check, read, variablesOf, type Context } from './context.ts';
import { seesFailing, seesReady } from './observe.ts';
import { judgeReport } from './report.ts';
import { undo } from './undo.ts';
import { checkJson, show } from './values.ts';

/** Looks at everything that `then` asks for; a failed check does not hide the next one. */
export async function judge(context: Context): Promise<void> {
  const then: Then = substitute(context.scenario.then, variablesOf(context));
  judgeReport(context, then);
  await Promise.all(
    then.ready.map((one) =>
      typeof one === 'string' ? seesReady(context, one, READY_S) : seesReady(context, one.of, one.within, one.pods),
    ),
  );
  for (const one of then.failing) await seesFailing(context, one, 'still');
  for (const { object, path, ...expected } of then.fields)
    checkJson(context, object, await read(context, object), path, expected);
  if (then.unchanged !== undefined) await checkUnchanged(context, then.unchanged, 'unchanged');
  if (then.resourceVersions !== undefined) await checkUntouched(context);
  await judgeRequests(context, then);
  if (then.undo !== undefined) await undo(context, then.undo);
}

/** The kubelet pulls a small image and starts it in seconds; two cores are shared by many scenarios. */
const READY_S = 60;

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
    check(context, `${key} is ${what}`, same, same ? 'the same' : difference(comparable(before), comparable(now)));
  }
}

/** Where two trees differ first, with both values. */
function difference(before: unknown, now: unknown, path = ''): string {
  if (isObject(before) && isObject(now)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(now)]))
      if (!isDeepStrictEqual(before[key], now[key])) return difference(before[key], now[key], `${path}/${key}`);
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
async function checkUntouched(context: Context): Promise<void> {
  for (const [key, before] of context.objects) {
    const now = await read(context, key);
    const stamp = (object: typeof now): string =>
      before.kind === 'Pod'
        ? `${object?.metadata.uid} generation ${object?.metadata.generation}`
        : `${object?.metadata.resourceVersion}`;
    check(context, `${key} was not written`, stamp(now) === stamp(before), `before ${stamp(before)}, now ${stamp(now)}`);
  }
  await checkNothingNew(context);
}

/** The namespace holds no Secret or ConfigMap that the scenario has not made. */
export async function checkNothingNew(context: Context, kinds: readonly string[] = ['Secret', 'ConfigMap']): Promise<void> {
  for (const kind of kinds) {
    const names = (await context.lab.kube.list('v1', kind, context.ns)).map(keyOf);
    const added = names.filter((key) => !context.objects.has(key) && key !== 'ConfigMap/kube-root-ca.crt');
    check(context, `no new ${kind}`, added.length === 0, added.join(', ') || 'none');
  }
}

async function judgeRequests(context: Context, then: Then): Promise<void> {
  if (then.requests.length + then.noRequests.length === 0) return;
  const log = await context.lab.upstreams.requests({ since: context.requestsBefore });
  for (const pattern of then.requests) {
    const hits = requestsLike(log, pattern);
    check(context, `request ${JSON.stringify(pattern)}`, hits.length > 0, `${hits.length} of ${log.requests.length}`);
  }
  for (const pattern of then.noRequests) {
    const hits = requestsLike(log, pattern);
    const seen = hits.slice(0, 3).map(({ method, host, path, client }) => `${client} ${method} ${host}${path}`);
    check(context, `no request ${JSON.stringify(pattern)}`, hits.length === 0 && !log.truncated, seen.join('; ') || 'none');
  }
}

/** The engineer's desk; everybody else who asks a registry is a node. */
const CLIENT_ADDRESS = '10.89.0.20';

function requestsLike({ requests }: RequestLog, pattern: RequestPattern): RequestLog['requests'] {
  const { host, repository, method, path, from } = pattern;
  return requests.filter(
    (request) =>
      request.host === (host === 'docker.io' ? 'registry-1.docker.io' : host) &&
      (repository === undefined || request.repository === repository || request.repository.startsWith(`${repository}/`)) &&
      (method === undefined || request.method === method) &&
      (path === undefined || new RegExp(path, 'u').test(request.path)) &&
      (from === undefined || request.client.includes(CLIENT_ADDRESS) === (from === 'client')),
  );
}
