import { objectName, type ObjectRef } from '../../core/model/index.ts';
import type { LogOptions } from './kube.ts';
import { podPath } from './pod-path.ts';
import type { Transport } from './transport.ts';

/** The last lines of what a container has written. */
export async function readLog(
  transport: Transport,
  pod: ObjectRef,
  { container, tailLines, limitBytes }: LogOptions,
): Promise<string> {
  const text = await transport.send({
    method: 'GET',
    verb: 'get',
    path: `${podPath(pod)}/log`,
    query: { container, tailLines: String(tailLines), limitBytes: String(limitBytes) },
    resource: 'pods/log',
    object: objectName(pod),
    isText: true,
  });
  return typeof text === 'string' ? text : '';
}
