import { repositoryMatches, repositoryName, tryParseReference } from '../../image/index.ts';
import type { ObjectRef } from '../../model/index.ts';
import { apiGroup } from '../pods/index.ts';
import type { Operator, OperatorImage } from './schema.ts';

/** Who carries out a custom resource. */
export function operatorOfKind(
  operators: readonly Operator[],
  ref: Pick<ObjectRef, 'apiVersion' | 'kind'>,
): Operator | undefined {
  const group = apiGroup(ref.apiVersion);
  return operators.find(({ owns }) =>
    owns.some((one) => one.group === group && one.kinds.includes(ref.kind)),
  );
}

/** Whose program an object is, by its kind and name; where several fit, the one in its usual namespace. */
export function operatorOfController(
  operators: readonly Operator[],
  { kind, name, namespace = '' }: Pick<ObjectRef, 'kind' | 'name' | 'namespace'>,
): Operator | undefined {
  const all = operators.flatMap((operator) =>
    operator.controllers
      .filter((one) => one.kind === kind && one.names.some((glob) => isCalled(glob, name)))
      .map(({ namespaces, only = false }) => ({
        operator,
        only,
        isUsual: namespaces?.some((glob) => isCalled(glob, namespace)) ?? false,
      }))
      .filter(({ isUsual, only }) => isUsual || !only),
  );
  return (all.find(({ isUsual }) => isUsual) ?? all[0])?.operator;
}

/** The places that decide an image, the one that wins first. */
export function placesOf({ images }: Operator, image: string): readonly OperatorImage[] {
  const reference = tryParseReference(image);
  if (reference === undefined) return [];
  const repository = repositoryName(reference);
  return images.filter(({ of }) => repositoryMatches([of], repository));
}

/** Is an object called as these names say; they have no slash, so `*` needs no more than this. */
export function isCalled(glob: string, name: string): boolean {
  return repositoryMatches([glob], name);
}
