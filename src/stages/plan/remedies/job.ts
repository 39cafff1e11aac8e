import { asObject } from '../../../core/knowledge/pods/index.ts';
import { readField } from '../../../core/edit/index.ts';
import type { JsonObject, Loss, Workload } from '../../../core/model/index.ts';
import { creatable, recreate, without } from './recreate.ts';
import type { Proposal, Task } from './remedy.ts';

/** A Job's template cannot change: the Job is created anew as it was, with the image changed. */
export function mendJob(task: Task): Proposal {
  return recreate(task, creatableJob(task.workload.object), lossOfJob(task.workload));
}

/** What the job controller adds to tie pods to one Job's UID; it adds it again. */
const controllerLabels = [
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
];
const controllerAnnotations = ['batch.kubernetes.io/job-tracking'];

/** A Job without what the cluster added to this one incarnation. */
export function creatableJob(object: JsonObject): JsonObject {
  const job = creatable(object);
  const metadata = asObject(job.metadata);
  const spec = asObject(job.spec);
  if (spec.manualSelector === true) return job;
  const template = asObject(spec.template);
  const templateMetadata = asObject(template.metadata);
  return {
    ...job,
    metadata: {
      ...without(metadata, ['annotations', 'labels']),
      ...filtered('labels', metadata, controllerLabels),
      ...filtered('annotations', metadata, controllerAnnotations),
    },
    spec: {
      ...without(spec, ['selector']),
      template: {
        ...template,
        metadata: {
          ...without(templateMetadata, ['labels', 'creationTimestamp']),
          ...filtered('labels', templateMetadata, controllerLabels),
        },
      },
    },
  };
}

function filtered(key: string, metadata: JsonObject, drop: readonly string[]): JsonObject {
  const kept = without(asObject(metadata[key]), drop);
  return Object.keys(kept).length === 0 ? {} : { [key]: kept };
}

/** Pods of the Job that did their work, or are doing it, are deleted with it. */
export function lossOfJob(workload: Workload): Loss | undefined {
  const done = count(workload, '/status/succeeded');
  if (done > 0) return { what: 'completed-pods', pods: done, names: [] };
  const { stuckPods } = workload;
  const half = stuckPods.filter(({ running = [] }) => running.length > 0);
  const whole = Math.max(
    count(workload, '/status/ready'),
    count(workload, '/status/active') - stuckPods.length,
  );
  if (whole + half.length === 0) return undefined;
  const names = half.map(({ ref, running = [] }) => `${ref.name} (${running.join(', ')})`);
  return { what: 'running-containers', pods: whole + half.length, names };
}

function count(workload: Workload, path: string): number {
  const value = readField(workload.object, path);
  return typeof value === 'number' ? value : 0;
}
