import { normaliseImage } from '../../core/image/index.ts';
import type { ManagerRef, RepairPlan, Step } from '../../core/model/index.ts';
import type { Copy, SourceTarget } from './types.ts';

/** The deliveries that a plan is about, with the copies that their sources should name. Pure. */
export function targetsOf({ spec }: RepairPlan): readonly SourceTarget[] {
  const found = new Map<string, { manager: ManagerRef; copies: Map<string, Copy> }>();
  const add = (manager: ManagerRef, copy: Copy): void => {
    const key = [manager.by, manager.kind, manager.namespace, manager.name].join(' ');
    const known = found.get(key) ?? { manager, copies: new Map<string, Copy>() };
    known.copies.set(copy.image, copy);
    found.set(key, known);
  };
  const replacements = new Map(spec.replacements.map((one) => [one.image, one]));
  for (const step of spec.steps) {
    const manager = delivererOf(step);
    if (manager === undefined) continue;
    for (const image of imagesOf(step)) {
      const known = replacements.get(image);
      if (known !== undefined) add(manager, { image, with: known.with, mirror: known.mirror });
    }
  }
  for (const { image, manager, copy } of spec.unmended) {
    if (manager !== undefined && isDelivery(manager) && copy !== undefined)
      add(manager, { image, with: copy, mirror: '' });
  }
  return [...found.values()].map(({ manager, copies }) => ({ manager, copies: [...copies.values()] }));
}

function delivererOf({ keptBy, overwrittenBy }: Step): ManagerRef | undefined {
  const named = typeof overwrittenBy === 'string' ? undefined : overwrittenBy;
  return [keptBy, named].find((one) => one !== undefined && isDelivery(one));
}

function isDelivery({ by }: ManagerRef): boolean {
  return by === 'argocd' || by === 'flux';
}

/** Of a step with a copy of its own name the copy stands in the replacements of the plan. */
function imagesOf(step: Step): readonly string[] {
  return step.expect.map(({ imageBefore }) => normaliseImage(imageBefore));
}
