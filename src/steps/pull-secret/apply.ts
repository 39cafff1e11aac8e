import { markedForRun, runOf } from '../../adapters/kube/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { objectName, type JsonObject, type PullSecretStep } from '../../core/model/index.ts';
import type { RunContext, StepResult } from '../module.ts';

/** Gives the namespace a pull secret for the mirror. One that an earlier run made stays. */
export async function apply(step: PullSecretStep, context: RunContext): Promise<StepResult> {
  const { api, dryRun, run } = context;
  const content = await context.dockerConfigJson(step);
  const manifest: JsonObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace: step.object.namespace,
      name: step.object.name,
      labels: { 'app.kubernetes.io/managed-by': 'pullmend' },
    },
    type: 'kubernetes.io/dockerconfigjson',
    stringData: { '.dockerconfigjson': content },
  };
  try {
    await api.create(markedForRun(manifest, run), { dryRun });
  } catch (error) {
    if (!isError(error, 'PM_CONFLICT')) throw error;
    const present = await api.get(step.object);
    if (runOf(present) === undefined) {
      throw new PullmendError('PM_SECRET_NAME_TAKEN', { object: objectName(step.object) }, { cause: error });
    }
    const value = Buffer.from(content).toString('base64');
    await api.patch(step.object, [{ op: 'replace', path: '/data/.dockerconfigjson', value }], { dryRun });
  }
  return {};
}
