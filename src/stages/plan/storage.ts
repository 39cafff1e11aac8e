import { endDefault, makeDefault } from '../../core/knowledge/chains/index.ts';
import { objectRef } from '../../core/knowledge/pods/index.ts';
import type { PlanInput } from './input.ts';
import type { DraftStep } from './remedies/index.ts';

/**
 * The mark of the default StorageClass: given to the only class where claims wait for one, taken from those that do not
 * count where there are several. The latter changes what older API servers do with new claims, so it is asked by itself.
 */
export function storageSteps({ facts, withdrawn }: PlanInput): readonly (readonly DraftStep[])[] {
  const storage = facts?.storage;
  // What the run did for others stays done.
  if (storage === undefined || withdrawn !== undefined) return [];
  const common = { kind: 'default-class', needs: [], expect: [] } as const;
  if (storage.is === 'missing') {
    const { storageClass, claims } = storage;
    const change = makeDefault(storageClass);
    return change === undefined ? [] : [[{ ...common, object: objectRef(storageClass), change, claims }]];
  }
  const loss = { what: 'default-class', pods: 0, names: [storage.kept] } as const;
  return storage.others.flatMap((storageClass) =>
    endDefault(storageClass).map((change) => [
      { ...common, object: objectRef(storageClass), change, claims: [], loss },
    ]),
  );
}
