import { CONTROL_PLANE_ADDRESS } from '../../cluster/index.ts';
import { createAuthority } from '../../upstreams/net/authority.ts';
import type { Amount, ApiRequestPattern } from '../file/index.ts';
import { concerns, startApiProxy } from '../staging/index.ts';
import { accessOf } from '../world/index.ts';
import { check, type Context } from './context.ts';
import { describeAmount, isAmount } from './values.ts';

/** Puts a proxy between pullmend and the API server; kubectl and the runner still go straight to it. */
export async function openApiProxy(context: Context): Promise<void> {
  const authority = await createAuthority('pullmend lab API proxy');
  const certificate = await authority.issue(CONTROL_PLANE_ADDRESS);
  const proxy = await startApiProxy({
    address: CONTROL_PLANE_ADDRESS,
    certificate,
    ...accessOf(context.lab.kubeconfig),
  });
  context.api = { proxy, ca: authority.certificate };
  context.cleanup.push(() => proxy.close());
}

/** Looks at what pullmend asked the API server since the rules were set first. */
export function judgeApiRequests(context: Context, expected: readonly ApiRequestPattern[]): void {
  const log = context.api?.proxy.log ?? [];
  for (const { count, status, ...target } of expected) {
    const hits = log.filter(
      (record) => concerns(target, record) && (status === undefined || record.status === status),
    );
    const wanted: Amount = count ?? { min: 1 };
    const shown = hits
      .slice(0, SHOWN)
      .map(({ verb, resource, name, status: got }) => `${verb} ${resource} ${name} ${got}`);
    check(
      context,
      `requests to the API server ${JSON.stringify({ ...target, status })}: ${describeAmount(wanted)}`,
      isAmount(hits.length, wanted),
      `${hits.length} of ${log.length}: ${shown.join('; ')}`,
    );
  }
}

const SHOWN = 6;
