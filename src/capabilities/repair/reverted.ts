import type { Inventory, ObjectRef, RepairRecord } from '../../core/model/index.ts';
import { sameObject } from '../../core/model/index.ts';
import { lostIn } from '../../steps/index.ts';

/** A loop of an installer, and an operator that reconciles, comes by sooner; a person's next release comes later. */
const soonMs = 10 * 60 * 1000;

/**
 * Objects of which an earlier run was undone by somebody soon after it wrote: whoever did that will do it again.
 * A run that was taken back does not count, so `undo` makes the way free.
 */
export function revertedSince(
  records: readonly RepairRecord[],
  { workloads }: Inventory,
): readonly { readonly object: ObjectRef; readonly by: string }[] {
  const receipts = records
    .filter(({ status }) => status.state !== 'undone')
    .flatMap(({ status }) => status.receipts)
    .filter(({ state }) => state === 'applied');
  return workloads.flatMap((workload) => {
    for (const { step, at } of receipts.filter((one) => isSame(one.step.object, workload.ref))) {
      const lost = lostIn(step, workload.object);
      const after = Date.parse(lost?.at ?? '') - Date.parse(at);
      // Times of managedFields are whole seconds.
      if (lost?.by !== undefined && after > -1000 && after < soonMs)
        return [{ object: workload.ref, by: lost.by }];
    }
    return [];
  });
}

/** The very object: one of the same name that was made since is another one. */
function isSame(planned: ObjectRef, live: ObjectRef): boolean {
  return planned.uid !== undefined && planned.uid === live.uid && sameObject(planned, live);
}
