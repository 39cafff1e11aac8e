import { PullmendError } from '../../core/base/index.ts';
import { objectName, type RepairPlan, type Step } from '../../core/model/index.ts';
import { previewOf } from '../../steps/previews.ts';

/** As many rows as a person reads before deciding what to leave out. */
const mostRows = 10;

/** Errors: PM_TOO_MANY_CHANGES, before anything is written. */
export function requireFew(plan: RepairPlan, most: number | undefined): void {
  if (most === undefined || !isMany(plan, most)) return;
  const { steps } = plan.spec;
  const rows = Map.groupBy(steps, ({ object }) => objectName(object));
  const objects = [...rows]
    .map(([object, own]) => ({ object, changes: sum(own, changesOf), pods: sum(own, podsOf) }))
    .toSorted((a, b) => b.pods - a.pods || b.changes - a.changes);
  const places = Map.groupBy(
    steps.filter(({ object }) => object.namespace !== undefined),
    ({ object }) => object.namespace ?? '',
  );
  const namespaces = [...places]
    .map(([name, own]) => ({ name, changes: sum(own, changesOf) }))
    .toSorted((a, b) => b.changes - a.changes);
  throw new PullmendError('PM_TOO_MANY_CHANGES', {
    changes: sum(steps, changesOf),
    most,
    objects: objects.slice(0, mostRows),
    more: Math.max(0, objects.length - mostRows),
    namespaces: namespaces.slice(0, mostRows),
  });
}

/** More changes than a person allowed. */
export function isMany({ spec }: RepairPlan, most: number | undefined): boolean {
  return most !== undefined && sum(spec.steps, changesOf) > most;
}

function changesOf(step: Step): number {
  return previewOf(step).changes;
}

/** Running pods that go, or are made anew. */
function podsOf({ replaces = 0, loss }: Step): number {
  return Math.max(replaces, loss?.pods ?? 0);
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}
