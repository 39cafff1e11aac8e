import { markedForRun, type Replacement } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { readField } from '../../core/edit/index.ts';
import { runningContainers } from '../../core/knowledge/pods/index.ts';
import { objectName, type JsonObject, type RecreateStep } from '../../core/model/index.ts';
import { readyPods } from '../proof/index.ts';
import { sameAsPlanned } from '../same-as-planned.ts';
import { imageList, sameImages } from './same-images.ts';

/** What the step asks of the API server; the new object carries the run's name. */
export function replacementOf(step: RecreateStep, run: string): Replacement {
  return {
    ref: step.object,
    before: step.before,
    after: markedForRun(step.after, run),
    check: (live) => {
      stillAsPlanned(step, live);
      losesNoMore(step, live);
    },
  };
}

/** A Job's or pod's fields hardly change, but a person may have replaced the image of a pod in the meantime. */
function stillAsPlanned(step: RecreateStep, live: JsonObject): void {
  sameAsPlanned(step, live);
  if (sameImages(live, step.before)) return;
  throw new PullmendError('PM_CHANGED_SINCE_PLAN', {
    object: objectName(step.object),
    path: '/spec/…/image',
    found: imageList(live),
    expected: imageList(step.before),
  });
}

/** What came to run, or to its end, since the plan was made: nobody was asked whether it may be lost. */
function losesNoMore({ object, loss }: RecreateStep, live: JsonObject): void {
  const succeeded = readField(live, '/status/succeeded');
  const done = typeof succeeded === 'number' ? succeeded : 0;
  const running = live.kind === 'Pod' ? runningContainers(live) : [];
  const isMore =
    live.kind === 'Pod'
      ? running.some((name) => loss?.names.includes(name) !== true)
      : (loss === undefined && readyPods(live) > 0) || (loss?.what !== 'completed-pods' && done > 0);
  if (isMore) throw new PullmendError('PM_RUNS_SINCE_PLAN', { object: objectName(object) });
}
