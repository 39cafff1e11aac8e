import { openHelm, type Helm } from '../adapters/helm/index.ts';
import type { World } from './world.ts';

/** This machine's helm, for the same cluster and user as everything else of the command. Throws PM_HELM_MISSING. */
export async function helmFor({ options }: World): Promise<Helm> {
  const { env, signal, kubeconfig, context, as, asGroups } = options;
  return await openHelm({ env, signal, cluster: { kubeconfig, context, as, asGroups } });
}
