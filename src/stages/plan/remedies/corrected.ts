import { isDeepStrictEqual } from 'node:util';
import { readField } from '../../../core/edit/index.ts';
import { asObject } from '../../../core/knowledge/pods/index.ts';
import type { Correction, Expectation, Workload } from '../../../core/model/index.ts';
import { standsBelowPartition } from './controllers.ts';
import { creatableJob, lossOfJob } from './job.ts';
import { replaceStep } from './patch.ts';
import { keeperOf, keptBy, refuse, type DraftStep, type Proposal } from './remedy.ts';

/**
 * The template is right already; what hangs with the old image goes, and its controller makes it anew. Nobody's change
 * is put back by that, so it does not matter who manages the object.
 *
 * @param parent the CronJob of a Job, else the workload itself
 */
export function replaceCorrected(workload: Workload, parent: Workload): Proposal {
  const keeper = keeperOf(workload);
  if (keeper?.by === 'deletion') return keptBy(keeper);
  switch (workload.ref.kind) {
    case 'Job':
      return recreateFromTemplate(workload, parent);
    case 'Deployment':
      // Its ReplicaSet would make the pod again as it was: only a rollout that goes on ends it.
      return refuse(readField(workload.object, '/spec/paused') === true ? 'paused' : 'old-revision');
    case 'StatefulSet': {
      const partition = standsBelowPartition(workload);
      return partition === undefined ? replacePods(workload) : refuse('partition', partition);
    }
    default:
      return replacePods(workload);
  }
}

function replacePods(workload: Workload): Proposal {
  const step: DraftStep = {
    ...replaceStep(workload, workload.stuckPods),
    expect: expectations(workload.corrections ?? []),
  };
  return { ok: true, steps: [step] };
}

/** The Job as the CronJob would make it now; where only images differ, nothing else of it is touched. */
function recreateFromTemplate(job: Workload, parent: Workload): Proposal {
  const before = creatableJob(job.object);
  const template = asObject(readField(parent.object, '/spec/jobTemplate/spec'));
  const after = isDeepStrictEqual(
    withoutImages(before.spec),
    withoutImages({ ...asObject(before.spec), ...template }),
  )
    ? { ...before, spec: { ...asObject(before.spec), ...template } }
    : { ...before, spec: template };
  const loss = lossOfJob(job);
  const step: DraftStep = {
    kind: 'recreate',
    object: job.ref,
    needs: [],
    expect: expectations(job.corrections ?? []),
    before,
    after,
    ...(loss === undefined ? {} : { loss }),
  };
  return { ok: true, steps: [step] };
}

function withoutImages(spec: unknown): unknown {
  return JSON.parse(JSON.stringify(spec, (key, value: unknown) => (key === 'image' ? '' : value))) as unknown;
}

/** A container that is gone from the template proves nothing; those that are left do. */
function expectations(corrections: readonly Correction[]): readonly Expectation[] {
  return corrections.flatMap(({ place, container, image, template }) =>
    template === undefined ? [] : [{ place, container, imageBefore: image, imageAfter: template }],
  );
}
