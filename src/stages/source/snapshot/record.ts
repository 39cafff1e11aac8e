import type { Kube, ListOptions } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import {
  asObjects,
  dig,
  digText,
  failingSurfaces,
  isOver,
  type KindInfo,
} from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { keepEvidence } from './keep.ts';

export type Recorder = {
  /** Reads as the cluster it stands before, and remembers what it saw. */
  readonly kube: Kube;
  /** What was seen, each object once and reduced to its evidence. */
  readonly objects: () => readonly JsonObject[];
  /** Kinds that the user may not read. */
  readonly unreadable: () => readonly string[];
};

/** A connection that remembers what is read through it; of pods only those that are not well. */
export function recordingKube(kube: Kube): Recorder {
  const seen = new Map<string, JsonObject>();
  const unreadable = new Set<string>();
  const see = <T extends JsonObject | undefined>(object: T): T => {
    if (object === undefined || (object.kind === 'Pod' && isWell(object))) return object;
    seen.set(keyOf(object), object);
    return object;
  };
  async function* pages(
    kind: string | KindInfo,
    options?: ListOptions,
  ): AsyncGenerator<readonly JsonObject[]> {
    try {
      for await (const page of kube.pages(kind, options)) yield page.map(see);
    } catch (error) {
      if (isError(error, 'PM_FORBIDDEN')) unreadable.add(typeof kind === 'string' ? kind : kind.kind);
      throw error;
    }
  }
  const noted = async <T>(kind: string, reading: Promise<T>): Promise<T> =>
    await reading.catch((error: unknown) => {
      if (isError(error, 'PM_FORBIDDEN')) unreadable.add(kind);
      throw error;
    });
  return {
    kube: {
      ...kube,
      pages,
      list: async (kind, options) => {
        const name = typeof kind === 'string' ? kind : kind.kind;
        return (await noted(name, kube.list(kind, options))).map(see);
      },
      get: async (ref) => see(await noted(ref.kind, kube.get(ref))),
      find: async (ref) => see(await noted(ref.kind, kube.find(ref))),
    },
    objects: () => keepEvidence([...seen.values()]),
    unreadable: () => [...unreadable].toSorted(),
  };
}

/** Nothing of this pod waits: it says nothing about an image that does not arrive. */
function isWell(pod: JsonObject): boolean {
  if (isOver(pod)) return true;
  const lists = ['initContainerStatuses', 'containerStatuses', 'ephemeralContainerStatuses'];
  const waits = lists.some((list) =>
    asObjects(dig(pod, 'status', list)).some((status) => dig(status, 'state', 'waiting') !== undefined),
  );
  return !waits && digText(pod, 'status', 'phase') === 'Running' && failingSurfaces(pod).length === 0;
}

function keyOf(object: JsonObject): string {
  const [namespace = '', name = ''] = [
    digText(object, 'metadata', 'namespace'),
    digText(object, 'metadata', 'name'),
  ];
  return digText(object, 'metadata', 'uid') ?? [object.kind, namespace, name].join('/');
}
