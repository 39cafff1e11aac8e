import { isError } from '../../core/base/index.ts';
import { asObjects, dig, digText, type KindInfo } from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import type { ListOptions } from './kube.ts';
import { collectionPath, resourceOf } from './paths.ts';
import type { Transport } from './transport.ts';

/** Half of what kubectl asks for: as quick, and a page of pods of 8 kB is 2 MB of text to hold. */
const defaultLimit = 250;

/** Served since Kubernetes 1.15 (apimachinery: PartialObjectMetadataList). */
const partialList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Reads a list page by page; see `Kube.pages`. */
export async function* readPages(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  options: ListOptions,
): AsyncGenerator<readonly JsonObject[]> {
  const given = new Set<string>();
  let restarted = false;
  let next: string | undefined;
  do {
    let page: Json;
    try {
      page = await readPage(transport, info, apiVersion, options, next);
    } catch (error) {
      // What `continue` points to is compacted away after some minutes: start over, from what is there now.
      if (next === undefined || restarted || !isExpired(error)) throw error;
      restarted = true;
      page = await readPage(transport, info, apiVersion, options, undefined);
    }
    // Items of a list do not say what they are.
    yield asObjects(dig(page, 'items'))
      .filter((item) => isNew(item, given))
      .map((item) => ({ ...item, apiVersion, kind: info.kind }));
    next = digText(page, 'metadata', 'continue');
  } while (next !== undefined);
}

/** One page of a list; `next` is what the page before it said to go on with. */
export function readPage(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  { namespace, labelSelector, fieldSelector, limit = defaultLimit, metadataOnly, signal }: ListOptions,
  next: string | undefined,
): Promise<Json> {
  const resource = resourceOf(info, apiVersion);
  return transport.send({
    method: 'GET',
    verb: 'list',
    path: collectionPath(info, apiVersion, namespace),
    query: { labelSelector, fieldSelector, limit: String(limit), continue: next },
    resource,
    object: resource,
    ...(metadataOnly === true ? { accept: partialList } : {}),
    ...(namespace === undefined ? {} : { namespace }),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** HTTP 410, reason `Expired`. */
export function isExpired(error: unknown): boolean {
  return isError(error, 'PM_API_ERROR') && error.params.status === 410;
}

function isNew(item: JsonObject, given: Set<string>): boolean {
  const uid = digText(item, 'metadata', 'uid');
  if (uid === undefined) return true;
  const fresh = !given.has(uid);
  given.add(uid);
  return fresh;
}
