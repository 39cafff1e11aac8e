import { resourceName } from '../core/knowledge/pods/index.ts';
import type { ObjectRef, Permission, Step } from '../core/model/index.ts';

/** Rights on an object where it lies, by verb. */
export function rightsOn(object: ObjectRef, verbs: readonly string[]): readonly Permission[] {
  const { namespace } = object;
  return verbs.map((verb) => ({
    verb,
    resource: resourceName(object),
    ...(namespace === undefined ? {} : { namespace }),
  }));
}

/** A step about pods' images is about those that it expects to see replaced. */
export function aboutExpected<S extends Step>(step: S, written: ReadonlySet<string>): S | undefined {
  return step.expect.some(({ imageBefore }) => written.has(imageBefore)) ? step : undefined;
}
