import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import { digText, objectRef, type FailingSurface } from '../../../core/knowledge/pods/index.ts';
import {
  objectName,
  type Correction,
  type JsonObject,
  type Manager,
  type ObjectRef,
  type Usage,
  type Workload,
} from '../../../core/model/index.ts';
import { addedBy, controlledBy, managersOf, staticPod, unreadable } from './managers.ts';
import { compareText } from './order.ts';
import type { Ownership } from './owners.ts';
import { controllerOf, type FailingPod } from './pods.ts';
import { podSpecPathOf, standingOf, type Standing } from './standing.ts';

/** A failing pod with the objects above it. */
export type OwnedPod = {
  readonly pod: FailingPod;
  readonly owners: Ownership;
  /** The whole pod, where no template names one of its images; see `needsItself`. */
  readonly object?: JsonObject;
};

/** A surface that fails, and where it is in the object that must change. */
type Finding = OwnedPod & {
  readonly surface: FailingSurface;
  readonly standing: Standing;
  readonly target: JsonObject;
  readonly path: string;
};

/** True for a bare pod, and for images that no template names: ephemeral containers, and what admission does. */
export function needsItself({ pod, owners }: OwnedPod): boolean {
  return pod.failing.some((surface) => !isOfOwner(standingOf(pod, owners, surface)));
}

/** The object that owns a pod in the end: the topmost of its owners, or itself. */
export function ownerRef({ pod, owners }: OwnedPod): ObjectRef {
  const top = owners.chain.at(-1);
  return top === undefined ? pod.ref : objectRef(top);
}

/** One usage for each place that fails, and one workload for each object with such places. */
export function describeWorkloads(pods: readonly OwnedPod[]): {
  readonly usages: readonly Usage[];
  readonly workloads: readonly Workload[];
} {
  const findings = pods.flatMap((owned) => owned.pod.failing.flatMap((surface) => locate(owned, surface)));
  // Nothing is left to change where the template is right already.
  const open = findings.filter(({ standing }) => standing.is !== 'corrected');
  const usages = new Map(open.map((finding) => [usageKey(finding), usageOf(finding)]));
  const byObject = Map.groupBy(findings, ({ target }) => objectName(objectRef(target)));
  return {
    usages: [...usages].toSorted(([a], [b]) => compareText(a, b)).map(([, usage]) => usage),
    workloads: [...byObject]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([, found]) => workloadOf(found) ?? []),
  };
}

function isOfOwner({ is }: Standing): boolean {
  return is === 'template' || is === 'corrected';
}

function locate(owned: OwnedPod, surface: FailingSurface): readonly Finding[] {
  const top = owned.owners.chain.at(-1);
  const standing = standingOf(owned.pod, owned.owners, surface);
  if (top !== undefined && isOfOwner(standing)) {
    // As the template writes it: a pod may have the same name in full.
    const written = standing.is === 'template' ? { ...surface, ...standing.surface } : surface;
    return [{ ...owned, standing, surface: written, target: top, path: written.path }];
  }
  const { object } = owned;
  return object === undefined ? [] : [{ ...owned, standing, surface, target: object, path: surface.path }];
}

function usageKey({ target, path, surface }: Finding): string {
  return [objectName(objectRef(target)), path, surface.image].join(' ');
}

function usageOf({ surface, target, path }: Finding): Usage {
  const { image, place, name, pullPolicy } = surface;
  const reference = tryParseReference(image);
  return {
    image,
    ...(reference === undefined ? {} : { reference: formatReference(reference) }),
    place,
    name,
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    object: objectRef(target),
    path,
  };
}

function workloadOf(findings: readonly Finding[]): Workload | undefined {
  const [first] = findings;
  if (first === undefined) return undefined;
  const { target } = first;
  const plain = plainWorkload(target, managersFor(findings), findings);
  if (target.kind !== 'CronJob') return plain;
  const byJob = Map.groupBy(findings, ({ owners }) => digText(owners.chain[0], 'metadata', 'name') ?? '');
  const jobs = [...byJob]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, found]) => {
      const job = found[0]?.owners.chain[0];
      return job === undefined ? [] : [plainWorkload(job, [], found)];
    });
  const { corrections: _, ...rest } = plain;
  return { ...rest, stuckPods: [], jobs };
}

function plainWorkload(
  object: JsonObject,
  managers: readonly Manager[],
  findings: readonly Finding[],
): Workload {
  const pods = new Map(
    findings.map(({ pod: { ref, images, running } }) => [
      ref.uid,
      { ref, images, ...(running === undefined ? {} : { running }) },
    ]),
  );
  const corrections = correctionsOf(findings);
  return {
    ref: objectRef(object),
    object,
    podSpecPath: podSpecPathOf(object),
    managers,
    // Those of a StatefulSet in the order of their ordinals.
    stuckPods: [...pods.values()].toSorted((a, b) => compareText(a.ref.name, b.ref.name)),
    ...(corrections.length === 0 ? {} : { corrections }),
    jobs: [],
    serviceAccountSecrets: [],
  };
}

function correctionsOf(findings: readonly Finding[]): readonly Correction[] {
  const all = findings.flatMap(({ standing, surface: { place, name, image } }): readonly Correction[] => {
    if (standing.is !== 'corrected') return [];
    const { template } = standing;
    return [{ place, container: name, image, ...(template === undefined ? {} : { template }) }];
  });
  return [...new Map(all.map((one) => [`${one.place} ${one.container} ${one.image}`, one])).values()];
}

function managersFor(findings: readonly Finding[]): readonly Manager[] {
  const [first] = findings;
  if (first === undefined) return [];
  const { pod, owners, target } = first;
  if (pod.isMirror) return [staticPod(pod.node)];
  const { beyond, right } = owners;
  if (right !== undefined && beyond !== undefined) return [unreadable(beyond, right)];
  if (target.kind !== 'Pod') return managersOf(target, beyond);
  const controller = controllerOf(target);
  if (controller === undefined) return managersOf(target, undefined);
  const isAdded = findings.some(({ standing: { is } }) => is === 'added' || is === 'rewritten');
  return [isAdded ? addedBy(controller) : controlledBy(controller)];
}
