import type { Step } from '../core/model/index.ts';

/** A step about pods' images is about those that it expects to see replaced. */
export function aboutExpected<S extends Step>(step: S, written: ReadonlySet<string>): S | undefined {
  return step.expect.some(({ imageBefore }) => written.has(imageBefore)) ? step : undefined;
}
