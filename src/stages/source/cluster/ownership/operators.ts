import type { Kube } from '../../../../adapters/kube/index.ts';
import type { Operator } from '../../../../core/knowledge/operators/index.ts';
import { operatorOfController } from '../../../../core/knowledge/operators/index.ts';
import {
  apiGroup,
  asObjects,
  asText,
  dig,
  digText,
  objectRef,
} from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, OperatorFact } from '../../../../core/model/index.ts';
import { firstOf } from '../chains/events.ts';

/** More workloads than this that look like the operator tell nothing. */
const mostOperators = 3;
/** Names of programs that say nothing of whose they are. */
const plainNames = /^(?:manager|operator|controller|controllermanager|main|app|server|unknown|kubebuilder)$/;
/** A shorter name stands in too many others. */
const shortestName = 5;

/** A workload that carries out custom resources, with its object. */
export type FoundOperator = { readonly fact: OperatorFact; readonly object: JsonObject };

/**
 * The program behind a custom resource: the workload that is known to be it, else the one called like the field manager
 * that wrote the object below, else the one called like the kind or its group. None where workloads may not be read.
 */
export async function operatorsBehind(
  kube: Kube,
  resource: ObjectRef,
  known: Operator | undefined,
  writers: readonly string[],
): Promise<readonly FoundOperator[]> {
  const workloads = (
    await Promise.all(['Deployment', 'StatefulSet', 'DaemonSet'].map((kind) => firstOf(kube, kind)))
  ).flat();
  const ways: readonly (readonly [OperatorFact['by'], (object: JsonObject) => boolean])[] = [
    [
      'known',
      (object) => known !== undefined && operatorOfController([known], objectRef(object)) !== undefined,
    ],
    ['field-manager', (object) => writers.some((writer) => isCalled(object, writer))],
    ['name', (object) => isNamedAfter(object, resource)],
  ];
  for (const [by, fits] of ways) {
    const found = nearest(workloads.filter(fits), resource);
    if (found.length > 0 && found.length <= mostOperators)
      return found.map((object) => ({
        object,
        fact: factOf(object, by, by === 'known' ? known : undefined),
      }));
  }
  return [];
}

/** One beside the resource goes before those of the same name elsewhere. */
function nearest(found: readonly JsonObject[], { namespace }: ObjectRef): readonly JsonObject[] {
  const beside = found.filter((object) => objectRef(object).namespace === namespace);
  return beside.length > 0 ? beside : found;
}

function factOf(object: JsonObject, by: OperatorFact['by'], known: Operator | undefined): OperatorFact {
  const isDaemon = object.kind === 'DaemonSet';
  const wanted = isDaemon
    ? dig(object, 'status', 'desiredNumberScheduled')
    : (dig(object, 'spec', 'replicas') ?? 1);
  const ready = dig(object, 'status', isDaemon ? 'numberReady' : 'readyReplicas') ?? 0;
  return {
    object: objectRef(object),
    by,
    ...(known === undefined ? {} : { operator: known.name }),
    wanted: Number(wanted ?? 0),
    ready: Number(ready),
  };
}

/** By its own name, its ServiceAccount's, or that of a container: programs write under one of these. */
function isCalled(object: JsonObject, writer: string): boolean {
  const wanted = letters(writer);
  if (wanted.length < shortestName || plainNames.test(wanted)) return false;
  const spec = dig(object, 'spec', 'template', 'spec');
  const names = [
    digText(object, 'metadata', 'name'),
    digText(spec, 'serviceAccountName'),
    ...asObjects(dig(spec, 'containers')).map(({ name }) => asText(name)),
  ];
  return names.some((name) => name !== undefined && letters(name).includes(wanted));
}

function isNamedAfter(object: JsonObject, { kind, apiVersion }: ObjectRef): boolean {
  const name = letters(digText(object, 'metadata', 'name') ?? '');
  if (!/operator|controller|manager/.test(name)) return false;
  const [group = ''] = apiGroup(apiVersion).split('.');
  return [kind, group].map(letters).some((word) => word.length >= shortestName - 1 && name.includes(word));
}

function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
