import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { readField } from '../../../core/edit/index.ts';
import { asObjects, asText, digText } from '../../../core/knowledge/pods/index.ts';
import type { Workload } from '../../../core/model/index.ts';

/** Fills in the pull secrets of each workload's ServiceAccount; none where it may not be read. */
export async function withServiceAccountSecrets(
  kube: Kube,
  workloads: readonly Workload[],
): Promise<readonly Workload[]> {
  const read = new Map<string, Promise<readonly string[]>>();

  async function fill(workload: Workload): Promise<Workload> {
    const namespace = workload.ref.namespace ?? '';
    const podSpec = readField(workload.object, workload.podSpecPath);
    const account = digText(podSpec, 'serviceAccountName') ?? digText(podSpec, 'serviceAccount') ?? 'default';
    const key = `${namespace}/${account}`;
    const secrets = read.get(key) ?? secretsOf(kube, namespace, account);
    read.set(key, secrets);
    return {
      ...workload,
      jobs: await Promise.all(workload.jobs.map(fill)),
      serviceAccountSecrets: await secrets,
    };
  }

  return Promise.all(workloads.map(fill));
}

async function secretsOf(kube: Kube, namespace: string, name: string): Promise<readonly string[]> {
  try {
    const account = await kube.find({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name });
    return asObjects(account?.imagePullSecrets).flatMap((secret) => asText(secret.name) ?? []);
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return [];
    throw error;
  }
}
