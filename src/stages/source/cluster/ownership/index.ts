import type { Kube } from '../../../../adapters/kube/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { operatorOfKind, type Operator } from '../../../../core/knowledge/operators/index.ts';
import {
  asObjects,
  asText,
  dig,
  kindInfo,
  objectRef,
  podSurfaces,
  programOwning,
} from '../../../../core/knowledge/pods/index.ts';
import type { FieldWriter, JsonObject, ObjectRef, OwnershipFacts } from '../../../../core/model/index.ts';
import { podSpecPathOf } from '../standing.ts';
import { admissionOf } from './admission.ts';
import { climb, type Climbed } from './climb.ts';
import { deliveriesOf } from './deliveries.ts';
import { operatorsBehind } from './operators.ts';
import { placesToEdit } from './places.ts';

/**
 * Who owns an object: its owners up to the topmost, the tools that bring them, the program that carries out a custom
 * resource, who wrote the images as they stand, and where a person edits. Reads only; what may not be read is told.
 * Errors: those of `Kube` except PM_FORBIDDEN.
 */
export async function readOwnership(
  kube: Kube,
  start: JsonObject,
  operators: readonly Operator[],
): Promise<OwnershipFacts> {
  const climbed = await climb(kube, start);
  const subject = subjectOf(start, climbed);
  const node = climbed.find(({ link }) => link.by === 'mirror-pod')?.link.ref;
  const resources = climbed.flatMap(({ object }) =>
    object === undefined || hasPods(object) ? [] : [object],
  );
  const top = climbed.map(({ link }) => link.ref).find(({ kind, apiVersion }) => isCustom(kind, apiVersion));
  const known = top && operatorOfKind(operators, top);
  const writers = writersOf(subject);
  const found =
    top === undefined || node !== undefined
      ? []
      : await operatorsBehind(
          kube,
          top,
          known,
          writers.map(({ manager }) => manager),
        );
  const told = await Promise.all(
    climbed.flatMap(({ object }) => (object === undefined ? [] : [deliveriesOf(kube, object)])),
  );
  const deliveries = told.flatMap((one) => one.deliveries);
  const isDeleted = told.some((one) => one.isDeleted);
  const facts = { subject, resources, operators: found, deliveries };
  const added =
    start.kind === 'Pod' && node === undefined ? await admissionOf(kube, start, climbed) : undefined;
  const places = await placesToEdit(kube, {
    ...facts,
    ...(known === undefined ? {} : { known }),
    ...(node === undefined ? {} : { node }),
  });
  return {
    subject: objectRef(subject),
    chain: climbed.map(({ link }) => link),
    deliveries,
    operators: found.map(({ fact }) => fact),
    writers,
    admission: added?.by ?? [],
    isDeleted,
    places: [...places, ...(added?.places ?? [])],
    ...(known === undefined ? {} : { operatorReverts: known.reverts }),
  };
}

/** The topmost that has pods and was read without a gap; of what has none, itself. */
function subjectOf(start: JsonObject, climbed: readonly Climbed[]): JsonObject {
  const withPods = climbed.flatMap(({ object }) => (object !== undefined && hasPods(object) ? [object] : []));
  return withPods.at(-1) ?? start;
}

function hasPods(object: JsonObject): boolean {
  return kindInfo(asText(object.kind) ?? '', asText(object.apiVersion) ?? '')?.podSpecPath !== undefined;
}

function isCustom(kind: string, apiVersion: string): boolean {
  return kind !== 'Node' && kindInfo(kind, apiVersion) === undefined;
}

/** Programs that own an image of the object; the cluster's own controllers copy what stands above. */
function writersOf(object: JsonObject): readonly FieldWriter[] {
  const base = podSpecPathOf(object);
  const names = podSurfaces(readField(object, base), base).flatMap(
    (surface) => programOwning(object, surface) ?? [],
  );
  const fields = asObjects(dig(object, 'metadata', 'managedFields'));
  return [...new Set(names)]
    .filter((manager) => manager !== 'kube-controller-manager' && manager !== 'kubelet')
    .map((manager) => {
      const at = asText(fields.find((one) => one.manager === manager)?.time);
      const ref: ObjectRef = objectRef(object);
      return { object: ref, manager, ...(at === undefined ? {} : { at }) };
    });
}
