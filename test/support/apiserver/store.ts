import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  asList,
  asObject,
  asObjects,
  dig,
  digText,
  type KindInfo,
} from '../../../src/core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../src/core/model/index.ts';

/** A write that the stub carried out. */
export type Write = {
  readonly verb: 'create' | 'patch' | 'update' | 'delete';
  readonly kind: string;
  /** After the write; before it for a delete. */
  readonly object: JsonObject;
};

/** What watches are told. */
export type StoreEvent = {
  readonly version: number;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly info: KindInfo;
  readonly object: JsonObject;
};

/** Objects by kind, namespace and name, with the bookkeeping of etcd and the API server. */
export class Store {
  readonly #objects = new Map<string, { info: KindInfo; object: JsonObject }>();
  #version = 1000;
  #events: StoreEvent[] = [];
  readonly #listeners: ((event: StoreEvent) => void)[] = [];
  /** The oldest version that a watch may start from. */
  floor = 0;

  onEvent(listener: (event: StoreEvent) => void): void {
    this.#listeners.push(listener);
  }

  since(version: number): readonly StoreEvent[] {
    return this.#events.filter((event) => event.version > version);
  }

  /** Forgets the past, as etcd does every five minutes. */
  compact(): void {
    this.floor = this.#version;
    this.#events = [];
  }

  #tell(type: StoreEvent['type'], info: KindInfo, object: JsonObject): void {
    const event = { version: this.#version, type, info, object };
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  get(info: KindInfo, namespace: string | undefined, name: string): JsonObject | undefined {
    return this.#objects.get(keyOf(info, namespace, name))?.object;
  }

  /** Sorted by namespace and name, as etcd gives them. */
  all(info: KindInfo, namespace?: string): readonly JsonObject[] {
    return [...this.#objects.values()]
      .filter((entry) => entry.info === info)
      .map(({ object }) => object)
      .filter((object) => namespace === undefined || digText(object, 'metadata', 'namespace') === namespace)
      .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  }

  get version(): string {
    return String(this.#version);
  }

  /** What `put` would store: `uid`, `creationTimestamp`, `generation` and `resourceVersion` filled in. */
  prepared(info: KindInfo, object: JsonObject): JsonObject {
    const metadata = asObject(object.metadata);
    const before = this.get(info, digText(metadata, 'namespace'), digText(metadata, 'name') ?? '');
    const specChanged = !isDeepStrictEqual(before?.spec, object.spec);
    const generation =
      Number(dig(before, 'metadata', 'generation') ?? 0) + (specChanged || before === undefined ? 1 : 0);
    const next = {
      ...object,
      metadata: {
        ...metadata,
        uid: metadata.uid ?? randomUUID(),
        creationTimestamp: metadata.creationTimestamp ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        ...(object.spec === undefined ? {} : { generation }),
        resourceVersion: dig(before, 'metadata', 'resourceVersion') ?? '',
      },
    };
    if (before !== undefined && isDeepStrictEqual(before, next)) return before;
    return { ...next, metadata: { ...next.metadata, resourceVersion: String(this.#version + 1) } };
  }

  put(info: KindInfo, object: JsonObject): JsonObject {
    const stored = this.prepared(info, object);
    const key = keyOfObject(info, stored);
    const before = this.#objects.get(key)?.object;
    if (before === stored) return stored;
    this.#version = Math.max(this.#version, Number(dig(stored, 'metadata', 'resourceVersion')));
    this.#objects.set(key, { info, object: stored });
    this.#tell(before === undefined ? 'ADDED' : 'MODIFIED', info, stored);
    // The last finalizer is gone from an object that is to go.
    if (isEnding(stored) && finalizers(stored) === 0) this.#drop(info, stored);
    return stored;
  }

  /** Deletes an object as a client does: one with finalizers stays, marked, until the last of them is taken away. */
  remove(info: KindInfo, object: JsonObject, orphan = false): void {
    if (finalizers(object) > 0) {
      const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
      const metadata = {
        ...asObject(object.metadata),
        deletionTimestamp: now,
        deletionGracePeriodSeconds: 0,
      };
      if (!isEnding(object)) this.put(info, { ...object, metadata });
      return;
    }
    this.#drop(info, object, orphan);
  }

  /** Removes an object and, unless told to orphan them, everything that it owns. */
  #drop(info: KindInfo, object: JsonObject, orphan = false): void {
    this.#objects.delete(keyOfObject(info, object));
    this.#version += 1;
    const metadata = { ...asObject(object.metadata), resourceVersion: String(this.#version) };
    this.#tell('DELETED', info, { ...object, metadata });
    if (orphan) return;
    const uid = dig(object, 'metadata', 'uid');
    for (const dependent of Array.from(this.#objects.values())) {
      const owners = asObjects(dig(dependent.object, 'metadata', 'ownerReferences'));
      if (owners.some((owner) => owner.uid === uid)) this.remove(dependent.info, dependent.object);
    }
  }
}

function finalizers(object: JsonObject): number {
  return asList(dig(object, 'metadata', 'finalizers')).length;
}

function isEnding(object: JsonObject): boolean {
  return dig(object, 'metadata', 'deletionTimestamp') !== undefined;
}

function keyOf(info: KindInfo, namespace: string | undefined, name: string): string {
  return `${info.kind}/${info.namespaced ? (namespace ?? '') : ''}/${name}`;
}

function keyOfObject(info: KindInfo, object: JsonObject): string {
  return keyOf(info, digText(object, 'metadata', 'namespace'), digText(object, 'metadata', 'name') ?? '');
}

/** Place of an object in its list, also what `continue` remembers. */
export function sortKey(object: JsonObject): string {
  return `${digText(object, 'metadata', 'namespace') ?? ''}/${digText(object, 'metadata', 'name') ?? ''}`;
}
