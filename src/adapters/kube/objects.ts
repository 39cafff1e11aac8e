import { asObject, objectRef, type KindInfo } from '../../core/knowledge/pods/index.ts';
import { fieldManager, objectName, type Json, type ObjectRef } from '../../core/model/index.ts';
import type { Discovery } from './discovery.ts';
import type { Kube, KubeDeleteOptions } from './kube.ts';
import type { ReadOptions, WriteOptions } from './object-api.ts';
import { collectionPath, objectPath, resourceOf } from './paths.ts';
import type { Call, Transport } from './transport.ts';

/** Reads and writes single objects, of any kind that the API server serves. */
export function objectsOver(
  transport: Transport,
  discovery: Discovery,
): Pick<Kube, 'get' | 'create' | 'replace' | 'patch' | 'delete'> {
  async function send(
    method: string,
    verb: string,
    ref: ObjectRef,
    more: Partial<Call>,
    options: WriteOptions = {},
  ): Promise<Json> {
    const info = await discovery.kind(ref.kind, ref.apiVersion);
    const { namespace } = ref;
    return await transport.send({
      method,
      verb,
      path: verb === 'create' ? collectionPath(info, ref.apiVersion, namespace) : objectPath(info, ref),
      object: objectName(ref),
      resource: resourceOf(info, servedGroup(info, ref)),
      ...(namespace === undefined ? {} : { namespace }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.dryRun === true ? { isIdempotent: true } : {}),
      ...more,
    });
  }

  return {
    get: async (ref, options: ReadOptions = {}) => asObject(await send('GET', 'get', ref, {}, options)),
    create: async (object, options) => {
      const more = { query: writeQuery(options), body: object };
      return asObject(await send('POST', 'create', objectRef(object), more, options));
    },
    replace: async (object, options) => {
      const more = { query: writeQuery(options), body: object };
      return asObject(await send('PUT', 'update', objectRef(object), more, options));
    },
    patch: async (ref, operations, options) => {
      const more = {
        query: writeQuery(options),
        body: operations,
        contentType: 'application/json-patch+json',
        tests: operations.some(({ op }) => op === 'test'),
      };
      return asObject(await send('PATCH', 'patch', ref, more, options));
    },
    delete: async (ref, options = {}) => {
      await send('DELETE', 'delete', ref, { body: deleteBody(options) }, options);
    },
  };
}

/** `extensions/v1beta1` Deployments are `deployments.apps` to RBAC as well. */
function servedGroup(info: KindInfo, ref: ObjectRef): string {
  return ref.apiVersion.startsWith('extensions/') ? info.apiVersions[0] : ref.apiVersion;
}

function writeQuery(options: WriteOptions = {}): Record<string, string | undefined> {
  return { fieldManager, dryRun: options.dryRun === true ? 'All' : undefined };
}

function deleteBody(options: KubeDeleteOptions): Json {
  const { uid, resourceVersion, propagation, gracePeriodSeconds, dryRun } = options;
  return {
    apiVersion: 'v1',
    kind: 'DeleteOptions',
    propagationPolicy: propagation ?? 'Background',
    gracePeriodSeconds,
    ...(uid === undefined && resourceVersion === undefined
      ? {}
      : { preconditions: { uid, resourceVersion } }),
    ...(dryRun === true ? { dryRun: ['All'] } : {}),
  };
}
