import { PullmendError } from '../../core/base/index.ts';
import { kindInfo, kinds, type KindInfo } from '../../core/knowledge/pods/index.ts';
import type { ObjectRef } from '../../core/model/index.ts';

/** `/api/v1` for the core group, `/apis/GROUP/VERSION` for the others. */
export function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

/** Path of all objects of a kind, in one namespace or in the whole cluster. */
export function collectionPath(info: KindInfo, apiVersion: string, namespace?: string): string {
  const scope =
    info.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${groupPath(apiVersion)}${scope}/${info.plural}`;
}

/** Path of one object. Errors: PM_UNKNOWN_KIND. */
export function objectPath(ref: ObjectRef): string {
  const path = collectionPath(knownKind(ref.kind, ref.apiVersion), ref.apiVersion, ref.namespace);
  return `${path}/${encodeURIComponent(ref.name)}`;
}

/** The table's entry of a kind. Errors: PM_UNKNOWN_KIND. */
export function knownKind(kind: string, apiVersion?: string): KindInfo {
  const info = kindInfo(kind, apiVersion);
  if (info !== undefined) return info;
  const name = apiVersion === undefined ? kind : `${apiVersion} ${kind}`;
  throw new PullmendError('PM_UNKNOWN_KIND', { name, known: kinds.map((known) => known.kind.toLowerCase()) });
}
