import { SCENARIO_LABEL } from './run/index.ts';
import { nameOf, waitFor, type Kube } from './world/index.ts';

/** Pods of the lab end at once on SIGTERM; the namespace controller takes some seconds for each namespace. */
const GONE_S = 120;

/** Deletes the namespaces of scenarios, of this run or of one that was killed, and waits until they are gone. */
export async function sweepNamespaces(kube: Kube): Promise<void> {
  const namespaces = await kube.list('v1', 'Namespace', undefined, SCENARIO_LABEL);
  for (const namespace of namespaces) await kube.delete(nameOf(namespace), undefined);
  const look = async () => {
    const left = await kube.list('v1', 'Namespace', undefined, SCENARIO_LABEL);
    return { done: left.length === 0, seen: left.map(({ metadata }) => metadata.name) };
  };
  const { done, seen } = await waitFor(look, GONE_S, AbortSignal.timeout(GONE_S * 2000));
  if (!done) console.error(`still there after ${GONE_S} s: ${seen.join(', ')}`);
}
