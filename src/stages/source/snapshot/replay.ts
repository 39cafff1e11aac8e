import type { Kube, ListOptions } from '../../../adapters/kube/index.ts';
import { PullmendError } from '../../../core/base/index.ts';
import {
  digText,
  kindInfo,
  kinds,
  objectRef,
  resourceName,
  type KindInfo,
} from '../../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type ObjectRef, type Snapshot } from '../../../core/model/index.ts';

/** A cluster that is only a snapshot: what was read then is read again; nothing can be written. */
export function replayKube({ spec, status }: Snapshot): Kube {
  const byKind = Map.groupBy(status.objects, ({ kind }) => String(kind));
  const unreadable = new Set(status.unreadable);
  /** What might not be read is another thing than what is not there. */
  const all = (verb: string, kind: string): readonly JsonObject[] => {
    const objects = byKind.get(kind);
    if (objects !== undefined || !unreadable.has(kind)) return objects ?? [];
    throw new PullmendError('PM_FORBIDDEN', { verb, resource: resourceOf(kind) });
  };
  const find = async (ref: ObjectRef): Promise<JsonObject | undefined> =>
    all('get', ref.kind).find(
      (object) =>
        digText(object, 'metadata', 'name') === ref.name &&
        digText(object, 'metadata', 'namespace') === ref.namespace,
    );
  const list = async (kind: string, options: ListOptions = {}): Promise<readonly JsonObject[]> =>
    all('list', kind).filter((object) => isWanted(object, options));
  return {
    identity: status.cluster,
    namespace: spec.namespace ?? 'default',
    servedVersion: async (kind) => {
      const [object] = byKind.get(kind) ?? [];
      return digText(object, 'apiVersion') ?? kindInfo(kind)?.apiVersions[0] ?? 'v1';
    },
    kindInfo: async (kind, apiVersion) => knownKind(kind, apiVersion),
    servedKinds: async () => kinds,
    whoAmI: async () => ({ user: '', host: '' }),
    async *pages(kind, options) {
      yield await list(typeof kind === 'string' ? kind : kind.kind, options);
    },
    async *watch(kind, options) {
      for (const object of await list(typeof kind === 'string' ? kind : kind.kind, options))
        yield { type: 'added', object };
      yield { type: 'synced' };
    },
    list: (kind, options) => list(typeof kind === 'string' ? kind : kind.kind, options),
    find,
    get: async (ref) => {
      const object = await find(ref);
      if (object === undefined) throw new PullmendError('PM_NOT_FOUND', { object: objectName(ref) });
      return object;
    },
    can: async () => false,
    create: refuse,
    patch: refuse,
    replace: refuse,
    delete: refuse,
    // Logs are not kept: nobody knows what else they say.
    log: async () => '',
    exec: refuse,
    close: async () => {},
  };
}

function knownKind(kind: string, apiVersion?: string): KindInfo {
  const info = kindInfo(kind, apiVersion);
  if (info !== undefined) return info;
  throw new PullmendError('PM_UNKNOWN_KIND', {
    name: kind,
    known: kinds.map((each) => each.kind.toLowerCase()),
  });
}

function resourceOf(kind: string): string {
  const apiVersion = kindInfo(kind)?.apiVersions[0] ?? 'v1';
  return resourceName({ kind, apiVersion });
}

async function refuse(): Promise<never> {
  throw new PullmendError('PM_INTERNAL', { message: 'a snapshot cannot be changed' });
}

function isWanted(object: JsonObject, { namespace, fieldSelector, labelSelector }: ListOptions): boolean {
  const { namespace: own } = objectRef(object);
  if (namespace !== undefined && own !== undefined && own !== namespace) return false;
  const fields = pairs(fieldSelector).every(([path, value]) => digText(object, ...path.split('.')) === value);
  return (
    fields &&
    pairs(labelSelector).every(([key, value]) =>
      key.endsWith('!')
        ? digText(object, 'metadata', 'labels', key.slice(0, -1)) !== value
        : digText(object, 'metadata', 'labels', key) === value,
    )
  );
}

/** `a=1,b!=2`: the only forms that diagnosis asks with; the key of the second is `b!`. */
function pairs(selector: string | undefined): readonly (readonly [string, string])[] {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .map((term) => {
      const at = term.indexOf('=');
      return [term.slice(0, at), term.slice(at + 1).replace(/^=/, '')];
    });
}
