import type { RequestLog } from '../../upstreams/client.ts';
import { substitute, type RequestPattern, type Then } from '../file/index.ts';
import { judgeApiRequests } from './api.ts';
import { check, variablesOf, type Context } from './context.ts';
import { checkField } from './fields.ts';
import { seesFailing, seesReady } from './observe.ts';
import { judgeClaims } from './claims.ts';
import { checkExists, checkUnchanged, checkUntouched } from './unchanged.ts';
import { undo } from './undo.ts';
import { describeAmount, isAmount } from './values.ts';

/** Looks at everything that `then` asks for; a failed check does not hide the next one. */
export async function judge(context: Context): Promise<void> {
  const then: Then = substitute(context.scenario.then, variablesOf(context));
  judgeClaims(context, then);
  await Promise.all(
    then.ready.map((one) =>
      typeof one === 'string'
        ? seesReady(context, one, READY_S)
        : seesReady(context, one.of, one.within, one.pods),
    ),
  );
  for (const one of then.failing) await seesFailing(context, one, 'still');
  for (const field of then.fields) await checkField(context, field);
  if (then.unchanged !== undefined) await checkUnchanged(context, then.unchanged, 'unchanged');
  if (then.exists !== undefined) await checkExists(context, then.exists);
  if (then.resourceVersions !== undefined) await checkUntouched(context);
  await judgeRequests(context, then);
  judgeApiRequests(context, then.api);
  if (then.undo !== undefined) await undo(context, then.undo);
}

/** The kubelet pulls a small image and starts it in seconds; two cores are shared by many scenarios. */
const READY_S = 60;

async function judgeRequests(context: Context, then: Then): Promise<void> {
  if (then.requests.length + then.noRequests.length === 0) return;
  const log = await context.lab.upstreams.requests({ since: context.requestsBefore });
  for (const pattern of then.requests) {
    const { count = { min: 1 }, ...target } = pattern;
    const hits = requestsLike(log, target);
    check(
      context,
      `requests ${JSON.stringify(target)}: ${describeAmount(count)}`,
      isAmount(hits.length, count) && !log.truncated,
      `${hits.length} of ${log.requests.length}`,
    );
  }
  for (const pattern of then.noRequests) {
    const hits = requestsLike(log, pattern);
    const seen = hits
      .slice(0, 3)
      .map(({ method, host, path, client }) => `${client} ${method} ${host}${path}`);
    check(
      context,
      `no request ${JSON.stringify(pattern)}`,
      hits.length === 0 && !log.truncated,
      seen.join('; ') || 'none',
    );
  }
}

/** The engineer's desk; everybody else who asks a registry is a node. */
const CLIENT_ADDRESS = '10.89.0.20';

function requestsLike(
  { requests }: RequestLog,
  pattern: Omit<RequestPattern, 'count'>,
): RequestLog['requests'] {
  const { host, repository, method, path, from, status } = pattern;
  return requests.filter(
    (request) =>
      request.host === (host === 'docker.io' ? 'registry-1.docker.io' : host) &&
      (repository === undefined ||
        request.repository === repository ||
        request.repository.startsWith(`${repository}/`)) &&
      (method === undefined || request.method === method) &&
      (path === undefined || new RegExp(path, 'u').test(request.path)) &&
      (status === undefined || request.status === status) &&
      (from === undefined || request.client.includes(CLIENT_ADDRESS) === (from === 'client')),
  );
}
