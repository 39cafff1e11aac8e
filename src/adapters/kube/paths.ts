import type { KindInfo } from '../../core/knowledge/pods/index.ts';
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

/** Path of one object. */
export function objectPath(info: KindInfo, ref: ObjectRef): string {
  return `${collectionPath(info, ref.apiVersion, ref.namespace)}/${encodeURIComponent(ref.name)}`;
}

/** The resource as RBAC and kubectl name it, e.g. `deployments.apps`. */
export function resourceOf(info: KindInfo, apiVersion: string): string {
  return apiVersion.includes('/') ? `${info.plural}.${apiVersion.split('/')[0]}` : info.plural;
}
