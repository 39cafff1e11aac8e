import type { Expectation, ObjectRef, StuckPod } from '../../../core/model/index.ts';
import { programOwning } from '../../../core/knowledge/pods/index.ts';
import type { DraftStep, Mend, Proposal, Task } from './remedy.ts';

/** Changes the pod template in place; the controller rolls the change out by itself. */
export function patchTemplate(task: Task): Proposal {
  return { ok: true, steps: [patchStep(task)] };
}

/** Changes the template, then deletes the stuck pods that the controller would keep. */
export function patchThenReplace(task: Task, pods: readonly StuckPod[] = task.workload.stuckPods): Proposal {
  const replace: DraftStep = {
    kind: 'replace-pods',
    object: task.workload.ref,
    needs: [0],
    expect: [],
    pods: byOrdinal(pods.map((pod) => pod.ref)),
  };
  return { ok: true, steps: pods.length === 0 ? [patchStep(task)] : [patchStep(task), replace] };
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

function overwrittenBy(task: Task): { readonly overwrittenBy?: string } {
  const manager = task.workload.managers.find((m) => m.effect === 'overwrites');
  return manager === undefined ? {} : { overwrittenBy: manager.name };
}

function mayRevert({ workload, mends }: Task): { readonly mayRevert?: string } {
  const programs = mends.flatMap(({ usage }) => programOwning(workload.object, usage) ?? []);
  const [program] = programs;
  return program === undefined ? {} : { mayRevert: program };
}

/** Highest ordinal first, as a rolling update of a StatefulSet goes. */
export function byOrdinal(pods: readonly ObjectRef[]): readonly ObjectRef[] {
  return pods.toSorted((a, b) => b.name.localeCompare(a.name, 'en', { numeric: true }));
}
