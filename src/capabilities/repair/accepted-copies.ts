import { chooseCopy, mayBeAsked } from '../../core/choose/index.ts';
import type { PlanOptions, PullProblem, Supply } from '../../core/model/index.ts';

/**
 * Copies on public mirrors that somebody says yes to, asked one by one, each image once: where nothing proves a copy and
 * nothing else can be used. A copy of an image that its own registry denies is not asked about.
 */
export async function acceptedCopies(
  problems: readonly PullProblem[],
  supplies: readonly Supply[],
  { confirmCopy, allowUnverified }: PlanOptions,
): Promise<ReadonlySet<string>> {
  const accepted = new Set<string>();
  if (confirmCopy === undefined || allowUnverified) return accepted;
  for (const { spec, status } of problems) {
    if (status.diagnosis.class === 'not-found') continue;
    const supply = supplies.find(({ image }) => image === spec.image);
    const choice = chooseCopy(supply, { allowUnverified: false });
    if (choice.ok || choice.doubtful === undefined || !mayBeAsked(choice.doubtful)) continue;
    if (await confirmCopy(spec.image, choice.doubtful)) accepted.add(choice.doubtful.reference);
  }
  return accepted;
}
