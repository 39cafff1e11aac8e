import type { Expectation, ManagerRef, ObjectRef, StuckPod, Workload } from '../../../core/model/index.ts';
import { programOwning } from '../../../core/knowledge/pods/index.ts';
import type { DraftStep, Mend, Proposal, Task } from './remedy.ts';
import { rolloutOf } from './rollout.ts';

/** Changes the pod template in place; the controller rolls the change out by itself. */
export function patchTemplate(task: Task): Proposal {
  return { ok: true, steps: [patchStep(task)] };
}

/** Changes the template, then deletes the stuck pods that the controller would keep. */
export function patchThenReplace(task: Task, pods: readonly StuckPod[] = task.workload.stuckPods): Proposal {
  const replace: DraftStep = { ...replaceStep(task.workload, pods), needs: [0] };
  return { ok: true, steps: pods.length === 0 ? [patchStep(task)] : [patchStep(task), replace] };
}

/** Deletes stuck pods. Containers of theirs that run are stopped with them. */
export function replaceStep(
  { ref }: Workload,
  pods: readonly StuckPod[],
): Extract<DraftStep, { readonly kind: 'replace-pods' }> {
  const half = pods.filter(({ running = [] }) => running.length > 0);
  const names = half.map(({ ref: { name }, running = [] }) => `${name} (${running.join(', ')})`);
  return {
    kind: 'replace-pods',
    object: ref,
    needs: [],
    expect: [],
    pods: byOrdinal(pods.map((pod) => pod.ref)),
    ...(half.length === 0
      ? {}
      : { loss: { what: 'running-containers', pods: half.length, names: names.toSorted() } }),
  };
}

export function patchStep(task: Task): DraftStep {
  return {
    kind: 'patch',
    object: task.workload.ref,
    needs: [],
    expect: expectations(task.mends),
    changes: task.changes,
    ...overwrittenBy(task),
    ...mayRevert(task),
    ...rolloutOf(task.workload),
  };
}

/** What the kubelet must show for these usages. */
export function expectations(mends: readonly Mend[]): readonly Expectation[] {
  return mends.map(({ usage, replacement }) => ({
    place: usage.place,
    container: usage.name,
    imageBefore: usage.image,
    imageAfter: replacement.with,
    ...(replacement.digests === undefined ? {} : { digests: replacement.digests }),
  }));
}

function overwrittenBy(task: Task): { readonly overwrittenBy?: ManagerRef } {
  const found = task.workload.managers.find(({ effect }) => effect === 'overwrites');
  if (found === undefined) return {};
  const { effect: _, ...manager } = found;
  return { overwrittenBy: manager };
}

function mayRevert({ workload, mends }: Task): { readonly mayRevert?: string } {
  const programs = mends.flatMap(({ usage }) => programOwning(workload.object, usage) ?? []);
  const [program] = programs;
  return program === undefined ? {} : { mayRevert: program };
}

/** Highest ordinal first, as a rolling update of a StatefulSet goes. */
function byOrdinal(pods: readonly ObjectRef[]): readonly ObjectRef[] {
  return pods.toSorted((a, b) => b.name.localeCompare(a.name, 'en', { numeric: true }));
}
