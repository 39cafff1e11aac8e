import { normaliseImage } from '../../core/image/index.ts';
import { sameObject, type PullProblem, type Unmended, type Workload } from '../../core/model/index.ts';
import { replaceCorrected, type DraftStep } from './remedies/index.ts';

type Corrected = {
  readonly remedies: readonly (readonly DraftStep[])[];
  readonly unmended: readonly Unmended[];
};

/**
 * What is left to do where a person has put the image right already, for workloads that nothing else is done to: a
 * change of the template replaces these pods too.
 */
export function finishCorrections(
  workloads: readonly Workload[],
  changed: readonly Workload[],
  problems: readonly PullProblem[],
): Corrected {
  const remedies: (readonly DraftStep[])[] = [];
  const unmended: Unmended[] = [];
  for (const parent of workloads) {
    for (const workload of [parent, ...parent.jobs]) {
      if (workload.corrections === undefined || changed.some(({ ref }) => sameObject(ref, workload.ref)))
        continue;
      const proposal = replaceCorrected(workload, parent);
      if (proposal.ok) remedies.push(proposal.steps);
      else unmended.push(...left(workload, problems, proposal));
    }
  }
  return { remedies, unmended };
}

function left(
  { ref, corrections = [], stuckPods }: Workload,
  problems: readonly PullProblem[],
  { reason, detail }: Pick<Unmended, 'reason' | 'detail'>,
): readonly Unmended[] {
  const images = new Set(corrections.map(({ image }) => normaliseImage(image)));
  return problems
    .filter(({ spec }) => images.has(spec.image))
    .map(({ spec, status }) => ({
      image: spec.image,
      object: ref,
      usages: [],
      pods: stuckPods.length,
      class: status.diagnosis.class,
      reason,
      ...(detail === undefined ? {} : { detail }),
    }));
}
