import { asObject, asObjects, asText } from '../../core/knowledge/pods/index.ts';
import { readField } from '../../core/edit/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';
import type { PodObject } from './types.ts';
import { labelSelector } from './workload.ts';

/** The pods of an object, as ownerReferences say it: labels may fit those of others too. */
export type Owned = {
  readonly pods: readonly PodObject[];
  /** ReplicaSets of a Deployment. */
  readonly replicaSets: readonly JsonObject[];
  /** Pods that the selector fits and that somebody else owns: what their controllers do next is anyone's guess. */
  readonly foreign: number;
};

export async function ownedBy(object: JsonObject, { list }: Pick<StepTools, 'list'>): Promise<Owned> {
  if (object.kind === 'Pod') return { pods: [object as PodObject], replicaSets: [], foreign: 0 };
  const namespace = readField(object, '/metadata/namespace');
  const selector = labelSelector(object);
  if (typeof namespace !== 'string' || selector === undefined)
    return { pods: [], replicaSets: [], foreign: 0 };
  const where = { namespace, labelSelector: selector };
  const uid = uidOf(object);
  const [pods, replicaSets] = await Promise.all([
    list('Pod', where),
    object.kind === 'Deployment' ? list('ReplicaSet', where) : [],
  ]);
  const own = replicaSets.filter((one) => controllerOf(one) === uid);
  const owners = new Set([uid, ...own.map(uidOf)]);
  const mine = pods.filter((pod) => owners.has(controllerOf(pod) ?? ''));
  return { pods: mine as readonly PodObject[], replicaSets: own, foreign: pods.length - mine.length };
}

/** UID of the controller that made an object. */
export function controllerOf(object: JsonObject | PodObject): string | undefined {
  const owners = asObjects(asObject((object as JsonObject).metadata).ownerReferences);
  const controller = owners.find((owner) => owner.controller === true) ?? owners[0];
  return controller === undefined ? undefined : asText(controller.uid);
}

export function uidOf(object: JsonObject): string {
  return String(readField(object, '/metadata/uid') ?? '');
}
