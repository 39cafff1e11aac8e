import type { Kube } from '../../../../adapters/kube/index.ts';
import { asObject, dig, objectRef } from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../../../core/model/index.ts';
import { firstOf } from './events.ts';
import { mountsConfigMap } from './image-settings.ts';

/** Pods of Deployments that mount a ConfigMap: who reads it when it starts must start anew. */
export async function podsThatRead(
  kube: Kube,
  configMap: JsonObject,
  deployments?: readonly JsonObject[],
): Promise<readonly ObjectRef[]> {
  const { kind, namespace, name } = objectRef(configMap);
  if (kind !== 'ConfigMap') return [];
  const all = deployments ?? (await firstOf(kube, 'Deployment', undefined, namespace));
  const lists = all
    .filter((deployment) => mountsConfigMap(deployment, name))
    .map(async (deployment) => {
      const labels = Object.entries(asObject(dig(deployment, 'spec', 'selector', 'matchLabels')));
      const selector = labels.map(([key, value]) => `${key}=${String(value)}`).join(',');
      return selector === '' ? [] : await firstOf(kube, 'Pod', undefined, namespace, selector);
    });
  return (await Promise.all(lists)).flat().map(objectRef);
}
