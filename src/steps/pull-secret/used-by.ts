import { isError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { asObjects, asText, dig, kindInfo, objectRef } from '../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type ObjectRef } from '../../core/model/index.ts';
import type { StepTools } from '../module.ts';

/** What names pull secrets. ReplicaSets of Deployments keep old templates, so only those that stand alone count. */
const users = [
  'ServiceAccount',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'ReplicaSet',
  'ReplicationController',
  'Pod',
] as const;

/** Kinds whose own template says what their pods need. */
const controllers: ReadonlySet<string> = new Set(users);

/** Something in its namespace that names this pull secret; a kind that may not be read is passed over. */
export async function usedBy(
  secret: ObjectRef,
  { list }: Pick<StepTools, 'list'>,
): Promise<string | undefined> {
  const namespace = secret.namespace ?? 'default';
  const lists = users.map(async (kind) => {
    try {
      const objects = await list(kind, { namespace });
      return objects.map((object) => ({ ...object, apiVersion: kindInfo(kind)?.apiVersions[0] ?? '', kind }));
    } catch (error) {
      if (isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_UNKNOWN_KIND')) return [];
      throw error;
    }
  });
  const user = (await Promise.all(lists)).flat().find((one) => counts(one) && names(one, secret.name));
  return user === undefined ? undefined : objectName(objectRef(user));
}

function counts(object: JsonObject): boolean {
  if (dig(object, 'metadata', 'deletionTimestamp') !== undefined) return false;
  const owners = asObjects(dig(object, 'metadata', 'ownerReferences'));
  return !owners.some(({ controller, kind }) => controller === true && controllers.has(asText(kind) ?? ''));
}

function names(object: JsonObject, secret: string): boolean {
  const path = kindInfo(String(object.kind), String(object.apiVersion))?.podSpecPath ?? '';
  return asObjects(readField(object, `${path}/imagePullSecrets`)).some(({ name }) => name === secret);
}
