import { PullmendError } from '../../../core/base/index.ts';
import { asObject, digText, dig, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../core/model/index.ts';
import { collectionPath, resourceOf } from '../paths.ts';
import type { Transport } from '../transport.ts';
import type { WatchOptions } from './changes.ts';

/** One event of a watch (apimachinery, meta/v1 WatchEvent). */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: JsonObject }
  | { readonly type: 'ERROR'; readonly error: PullmendError };

/**
 * The server ends a watch after this, and it goes on from where it was. So short because it is also how a connection
 * that is dead without saying so (a sleeping laptop, a firewall that forgot) is found: nothing needs to come in a
 * quiet namespace for minutes, but the end must.
 */
const watchSeconds = 60;

/** Beyond that, the server or what is between it and us is gone. */
const idleMs = (watchSeconds + 10) * 1000;

/** `PartialObjectMetadata` for each event, where only that is wanted. */
const partial = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Opens one watch and gives its events until it ends. Errors: RefusedStream, those of the transport, PM_API_ERROR. */
export async function* openWatch(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  { namespace, labelSelector, fieldSelector, metadataOnly, signal }: WatchOptions,
  resourceVersion: string,
): AsyncGenerator<WatchEvent> {
  const resource = resourceOf(info, apiVersion);
  const path = collectionPath(info, apiVersion, namespace);
  const lines = transport.stream({
    method: 'GET',
    verb: 'watch',
    path,
    query: {
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(watchSeconds),
      resourceVersion,
      labelSelector,
      fieldSelector,
    },
    resource,
    object: resource,
    idleMs,
    signal,
    ...(metadataOnly === true ? { accept: partial } : {}),
    ...(namespace === undefined ? {} : { namespace }),
  });
  for await (const line of lines) yield eventOf(parse(line), info, apiVersion, path);
}

function eventOf(json: Json, { kind }: KindInfo, apiVersion: string, path: string): WatchEvent {
  const type = digText(json, 'type');
  const object = asObject(dig(json, 'object'));
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK')
    return { type, object: { ...object, apiVersion, kind } };
  const status = typeof object.code === 'number' ? object.code : 500;
  const message = digText(object, 'message') ?? 'the watch ended with an error';
  return {
    type: 'ERROR',
    error: new PullmendError('PM_API_ERROR', { request: `GET ${path}`, status, message }),
  };
}

/** What is between us and the API server may write into the stream; such a line is an error like any other. */
function parse(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return { type: 'ERROR', object: { code: 502, message: 'a line of the watch is no JSON' } };
  }
}
