import { readField } from '../../../../core/edit/index.ts';
import {
  apiGroup,
  asList,
  asObject,
  asText,
  isObject,
  kindInfo,
  objectRef,
} from '../../../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef } from '../../../../core/model/index.ts';
import type { FoundSource } from './sources.ts';

/** What is asked about: a container that an operator made, with the image that the operator decided. */
export type Made = { readonly owner: JsonObject; readonly container: string; readonly image: string };

/**
 * Where an operator that is known would take another image from, though nobody has set one there: the image comes from
 * its code. A field of the custom resource goes before a flag, as its entry says.
 *
 * @param workloads asked for only where the operator itself is to be looked for
 */
export async function knownSources(
  { owner, container, image }: Made,
  workloads: () => Promise<readonly JsonObject[]>,
): Promise<readonly FoundSource[]> {
  const { operatorOfController, operatorOfKind, operators, placesOf } =
    await import('../../../../core/knowledge/operators/index.ts');
  const ref = objectRef(owner);
  const operator = operatorOfKind(operators, ref);
  if (operator === undefined) return [];
  const places = placesOf(operator, image).filter(
    (one) => one.container === undefined || one.container === container,
  );
  for (const { at } of places) {
    if (at.part !== undefined) continue;
    if ('field' in at && at.kind === ref.kind && at.group === apiGroup(ref.apiVersion)) {
      const found = addedField(owner, at.field);
      if (found !== undefined) return [found];
    }
    if ('flag' in at) {
      const own = (await workloads()).filter(
        (one) => operatorOfController([operator], objectRef(one)) !== undefined,
      );
      const [program, ...others] = own;
      // Which of several operators made it nobody says.
      if (program !== undefined && others.length === 0) {
        const found = addedFlag(program, at.flag);
        if (found !== undefined) return [found];
      }
    }
  }
  return [];
}

/** A field that is empty, of an object that is there. */
function addedField(owner: JsonObject, field: string): FoundSource | undefined {
  const parent = readField(owner, field.slice(0, field.lastIndexOf('/')));
  if (field.includes('*') || !isObject(parent) || readField(owner, field) !== undefined) return undefined;
  return foundAt(owner, field.slice(field.lastIndexOf('/') + 1), { path: field, lead: '' });
}

/** Behind the arguments of the container that has some like it. */
function addedFlag(program: JsonObject, flag: string): FoundSource | undefined {
  const { kind, apiVersion } = objectRef(program);
  const base = kindInfo(kind, apiVersion)?.podSpecPath ?? '';
  const containers = asList(readField(program, `${base}/containers`)).map(asObject);
  const index =
    containers.length === 1
      ? 0
      : containers.findIndex(({ name }) => /operator|manager/.test(asText(name) ?? ''));
  const args = asList(containers[index]?.args);
  const isSet = args.some((argument) => argument === flag || String(argument).startsWith(`${flag}=`));
  if (args.length === 0 || isSet) return undefined;
  return foundAt(
    program,
    flag,
    { path: `${base}/containers/${index}/args/${args.length}`, lead: `${flag}=` },
    asText(containers[index]?.name),
  );
}

function foundAt(
  object: JsonObject,
  name: string,
  add: NonNullable<FoundSource['add']>,
  container?: string,
): FoundSource {
  const ref: ObjectRef = objectRef(object);
  return {
    source: { object: ref, name, path: add.path, ...(container === undefined ? {} : { container }) },
    object,
    add,
  };
}
