import type { Mirror, PullSecretStep } from '../../core/model/index.ts';
import { secretName } from './changes.ts';
import type { Task } from './remedies/index.ts';

/** The pull secrets that namespaces need before their workloads change, each once. */
export function secretSteps(
  tasks: readonly Task[],
  mirrors: ReadonlyMap<string, Mirror>,
): readonly Omit<PullSecretStep, 'id'>[] {
  const steps = new Map<string, Omit<PullSecretStep, 'id'>>();
  for (const { workload, mends } of tasks) {
    if (workload.provisions !== undefined) continue;
    const { namespace } = workload.ref;
    for (const { replacement } of mends) {
      const mirror = mirrors.get(replacement.mirror);
      const name = mirror === undefined ? undefined : secretName(mirror, namespace);
      if (mirror === undefined || name === undefined || namespace === undefined) continue;
      // A secret that is in the namespace already is used as it is.
      if (mirror.credentials.from === 'secret' && mirror.credentials.namespace === namespace) continue;
      steps.set(`${namespace}/${name}`, {
        kind: 'pull-secret',
        object: { apiVersion: 'v1', kind: 'Secret', namespace, name },
        needs: [],
        expect: [],
        mirror: mirror.name,
        host: hostOf(replacement.with),
        source: mirror.credentials,
      });
    }
  }
  return [...steps.values()];
}

function hostOf(reference: string): string {
  return reference.slice(0, reference.indexOf('/'));
}
