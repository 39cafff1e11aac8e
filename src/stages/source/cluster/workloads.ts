import { readField } from '../../../core/edit/index.ts';
import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import {
  digText,
  kindInfo,
  objectRef,
  podSurfaces,
  type FailingSurface,
} from '../../../core/knowledge/pods/index.ts';
import {
  objectName,
  type JsonObject,
  type Manager,
  type ObjectRef,
  type Usage,
  type Workload,
} from '../../../core/model/index.ts';
import { controlledBy, managersOf, staticPod } from './managers.ts';
import { compareText } from './order.ts';
import type { Ownership } from './owners.ts';
import { controllerOf, type FailingPod } from './pods.ts';

/** A failing pod with the objects above it. */
export type OwnedPod = {
  readonly pod: FailingPod;
  readonly owners: Ownership;
  /** The whole pod, where the pod itself must change; see `mustChangeItself`. */
  readonly object?: JsonObject;
};

/** A surface that fails, and where it is in the object that must change. */
type Finding = OwnedPod & {
  readonly surface: FailingSurface;
  readonly target: JsonObject;
  readonly path: string;
};

/** True for a bare pod, and for images that no template names: ephemeral containers, and what admission added. */
export function mustChangeItself(owned: OwnedPod): boolean {
  return owned.pod.failing.some((surface) => pathInOwner(owned, surface) === undefined);
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
  const usages = new Map(findings.map((finding) => [usageKey(finding), usageOf(finding)]));
  const byObject = Map.groupBy(findings, ({ target }) => objectName(objectRef(target)));
  return {
    usages: [...usages].toSorted(([a], [b]) => compareText(a, b)).map(([, usage]) => usage),
    workloads: [...byObject]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([, found]) => workloadOf(found) ?? []),
  };
}

function locate(owned: OwnedPod, surface: FailingSurface): readonly Finding[] {
  const top = owned.owners.chain.at(-1);
  const path = pathInOwner(owned, surface);
  if (top !== undefined && path !== undefined) return [{ ...owned, surface, target: top, path }];
  return owned.object === undefined ? [] : [{ ...owned, surface, target: owned.object, path: surface.path }];
}

/** The same surface in the owner's template, by place and name. */
function pathInOwner({ owners }: OwnedPod, surface: FailingSurface): string | undefined {
  const top = owners.chain.at(-1);
  if (top === undefined) return undefined;
  const base = podSpecPathOf(top);
  const same = podSurfaces(readField(top, base), base).find(
    ({ place, name }) => place === surface.place && name === surface.name,
  );
  return same?.path;
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
  const plain = plainWorkload(target, managersFor(first), findings);
  if (target.kind !== 'CronJob') return plain;
  const byJob = Map.groupBy(findings, ({ owners }) => digText(owners.chain[0], 'metadata', 'name') ?? '');
  const jobs = [...byJob]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, found]) => {
      const job = found[0]?.owners.chain[0];
      return job === undefined ? [] : [plainWorkload(job, [], found)];
    });
  return { ...plain, stuckPods: [], jobs };
}

function plainWorkload(
  object: JsonObject,
  managers: readonly Manager[],
  findings: readonly Finding[],
): Workload {
  const pods = new Map(findings.map(({ pod }) => [pod.ref.uid, { ref: pod.ref, images: pod.images }]));
  return {
    ref: objectRef(object),
    object,
    podSpecPath: podSpecPathOf(object),
    managers,
    // Those of a StatefulSet in the order of their ordinals.
    stuckPods: [...pods.values()].toSorted((a, b) => compareText(a.ref.name, b.ref.name)),
    jobs: [],
    serviceAccountSecrets: [],
  };
}

function managersFor({ pod, owners, target }: Finding): readonly Manager[] {
  if (pod.isMirror) return [staticPod(pod.node)];
  if (target.kind !== 'Pod') return managersOf(target, owners.beyond);
  const controller = controllerOf(target);
  return controller === undefined ? managersOf(target, undefined) : [controlledBy(controller)];
}

function podSpecPathOf(object: JsonObject): string {
  const { kind, apiVersion } = objectRef(object);
  return kindInfo(kind, apiVersion)?.podSpecPath ?? '/spec';
}
