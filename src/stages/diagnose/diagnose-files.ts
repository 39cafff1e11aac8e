import { classifyProbe } from '../../core/knowledge/failures/index.ts';
import { pullProblem, type Inventory, type PullProblem, type Supply } from '../../core/model/index.ts';
import { problemName } from './problem-name.ts';

/**
 * For install files, which no kubelet has tried yet: one problem per image that its origin does not serve, from the
 * probe's outcome. In the order of the files.
 */
export function diagnoseFiles(inventory: Inventory, supplies: readonly Supply[]): readonly PullProblem[] {
  const usages = Map.groupBy(inventory.usages, (usage) => usage.reference ?? usage.image);
  return supplies.flatMap(({ image, origin }) => {
    const diagnosis = classifyProbe(image, origin);
    if (diagnosis === undefined) return [];
    const nobody = { others: [], failures: [], pods: 0, owners: [], nodes: [] } as const;
    return [
      pullProblem(problemName(image), { image, usages: usages.get(image) ?? [] }, { diagnosis, ...nobody }),
    ];
  });
}
