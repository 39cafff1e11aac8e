import type { Kube } from '../../../../adapters/kube/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { isOver, kindInfo, objectRef, podSurfaces } from '../../../../core/knowledge/pods/index.ts';
import type { ImagesFound, JsonObject } from '../../../../core/model/index.ts';
import { imagesOfDocument } from '../../images-of.ts';
import { ownerWalk } from '../owners.ts';
import { controllerOf } from '../pods.ts';

/** What pods add to the templates of their owners. */
export type PodImages = {
  /** Owners that were read for these pods, by UID. */
  readonly owners: ReadonlyMap<string, JsonObject>;
  /** Images that no template of an owner names: of bare pods, ephemeral containers, and what admission added. */
  readonly found: ImagesFound;
};

/**
 * The images of pods, each once however many pods of an owner have it.
 *
 * @param known objects that were read already, by UID
 */
export async function imagesOfPods(
  kube: Kube,
  pods: readonly JsonObject[],
  known: ReadonlyMap<string, JsonObject> = new Map(),
): Promise<PodImages> {
  const topOf = ownerClimb(kube, known);
  const owned = await Promise.all(
    pods.filter((pod) => !isOver(pod)).map(async (pod) => ({ pod, owner: await topOf(pod) })),
  );
  const owners = new Map<string, JsonObject>();
  const seen = new Set<string>();
  const usages: ImagesFound['usages'][number][] = [];
  for (const { pod, owner } of owned) {
    const uid = owner === undefined ? undefined : objectRef(owner).uid;
    if (owner !== undefined && uid !== undefined) owners.set(uid, owner);
    const inTemplate = new Set(owner === undefined ? [] : surfacesOf(owner).map(keyOf));
    for (const usage of imagesOfDocument(pod).usages) {
      // What a container is told stands in the template, or was put there by who injected the container.
      const key = keyOf(usage);
      const once = `${uid ?? objectRef(pod).uid} ${key}`;
      if (usage.reason !== 'pod-field' || inTemplate.has(key) || seen.has(once)) continue;
      seen.add(once);
      usages.push(usage);
    }
  }
  return { owners, found: { usages, lookAlikes: [] } };
}

type Surface = { readonly place: string; readonly name: string; readonly image: string };

function keyOf({ place, name, image }: Surface): string {
  return `${place} ${name} ${image}`;
}

function surfacesOf(owner: JsonObject): readonly Surface[] {
  const { kind, apiVersion } = objectRef(owner);
  return podSurfaces(readField(owner, kindInfo(kind, apiVersion)?.podSpecPath ?? '/spec'));
}

/** From a pod to the topmost object that pullmend knows: through what was read, then by asking. */
function ownerClimb(
  kube: Kube,
  known: ReadonlyMap<string, JsonObject>,
): (pod: JsonObject) => Promise<JsonObject | undefined> {
  const walk = ownerWalk(kube);
  return async (pod) => {
    let top: JsonObject | undefined;
    let next = controllerOf(pod);
    for (let owner = known.get(next?.uid ?? ''); owner !== undefined; owner = known.get(next?.uid ?? '')) {
      top = owner;
      next = controllerOf(owner);
    }
    const { chain } = await walk(objectRef(pod).namespace ?? '', next);
    return chain.at(-1) ?? top;
  };
}
