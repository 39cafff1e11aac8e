import { digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import type { Change } from './changes.ts';

type Seen = { readonly uid: string; readonly version: string; readonly identity: JsonObject };

/** What has been told so far, so that a new list is told as what is different from it. Keeps no object whole. */
export class Known {
  #seen = new Map<string, Seen>();

  /** One change of a watch; nothing when it tells no news (a resumed watch may repeat itself). */
  next(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: JsonObject): readonly Change[] {
    const key = keyOf(object);
    const before = this.#seen.get(key);
    const now = seenOf(object);
    if (type === 'DELETED') {
      this.#seen.delete(key);
      return before === undefined ? [] : [{ type: 'removed', object }];
    }
    if (before?.uid === now.uid && before.version === now.version) return [];
    this.#seen.set(key, now);
    // Deleted and created again under the same name: two things happened.
    if (before !== undefined && before.uid !== now.uid)
      return [
        { type: 'removed', object: before.identity },
        { type: 'added', object },
      ];
    return [{ type: before === undefined ? 'added' : 'changed', object }];
  }

  /** A whole list: what it lacks was removed in between. */
  replace(objects: readonly JsonObject[]): readonly Change[] {
    const listed = new Set(objects.map(keyOf));
    const removed = [...this.#seen].filter(([key]) => !listed.has(key));
    for (const [key] of removed) this.#seen.delete(key);
    return [
      ...removed.map(([, { identity }]) => ({ type: 'removed', object: identity }) as const),
      ...objects.flatMap((object) => this.next('MODIFIED', object)),
    ];
  }
}

function keyOf(object: JsonObject): string {
  return `${digText(object, 'metadata', 'namespace') ?? ''}/${digText(object, 'metadata', 'name') ?? ''}`;
}

function seenOf(object: JsonObject): Seen {
  const [namespace, name, uid] = ['namespace', 'name', 'uid'].map((field) =>
    digText(object, 'metadata', field),
  );
  const { apiVersion, kind } = object;
  return {
    uid: uid ?? '',
    version: digText(object, 'metadata', 'resourceVersion') ?? '',
    identity: { apiVersion, kind, metadata: { namespace, name, uid } },
  };
}
