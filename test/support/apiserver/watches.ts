import type { ServerResponse } from 'node:http';
import type { KindInfo } from '../../../src/core/knowledge/pods/index.ts';
import { asObject, digText } from '../../../src/core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import type { StubRequest } from './reply.ts';
import { fieldsMatch, labelsMatch } from './selectors.ts';
import type { Store, StoreEvent } from './store.ts';

export type WatchTarget = {
  readonly info: KindInfo;
  readonly apiVersion: string;
  readonly namespace?: string;
};

type Open = {
  readonly target: WatchTarget;
  readonly request: StubRequest;
  readonly response: ServerResponse;
};

/** The open watches of a stub. */
export class Watches {
  readonly #open = new Set<Open>();
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.onEvent((event) => {
      for (const each of this.#open) send(each, event);
    });
  }

  get count(): number {
    return this.#open.size;
  }

  /** Answers a watch from the version that it names; one that was compacted away ends with the event of a 410. */
  serve(request: StubRequest, response: ServerResponse, target: WatchTarget): void {
    const open = { request, response, target };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const from = Number(request.query.get('resourceVersion') ?? 0);
    if (from < this.#store.floor) {
      const message = `too old resource version: ${from} (${this.#store.floor})`;
      const status = { kind: 'Status', status: 'Failure', reason: 'Expired', message, code: 410 };
      response.end(line({ type: 'ERROR', object: status }));
      return;
    }
    for (const event of this.#store.since(from)) send(open, event);
    this.#open.add(open);
    response.on('close', () => this.#open.delete(open));
  }

  /** The version of now, to everybody: what the API server does about once a minute. */
  bookmark(): void {
    for (const { response, target } of this.#open) {
      const object = {
        kind: target.info.kind,
        apiVersion: target.apiVersion,
        metadata: { resourceVersion: this.#store.version },
      };
      response.write(line({ type: 'BOOKMARK', object }));
    }
  }

  /** `end`: as the server does when its time is over; `cut`: the connection breaks in the middle of a line. */
  stop(how: 'end' | 'cut'): void {
    for (const { response } of this.#open) {
      if (how === 'end') response.end();
      else response.write('{"type":"MODIFIED","object":{"kind":"P', () => response.socket?.resetAndDestroy());
    }
    this.#open.clear();
  }
}

function send({ request, response, target }: Open, { type, info, object }: StoreEvent): void {
  if (info !== target.info) return;
  if (target.namespace !== undefined && digText(object, 'metadata', 'namespace') !== target.namespace) return;
  if (!labelsMatch(object, request.query.get('labelSelector'))) return;
  if (!fieldsMatch(object, request.query.get('fieldSelector'))) return;
  const metadataOnly = String(request.headers['accept']).includes('as=PartialObjectMetadata');
  const sent: JsonObject = metadataOnly
    ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: asObject(object.metadata) }
    : object;
  response.write(line({ type, object: sent }));
}

function line(json: Json): string {
  return `${JSON.stringify(json)}\n`;
}
