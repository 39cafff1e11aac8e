import { normaliseImage } from '../../core/image/index.ts';
import { readField } from '../../core/edit/index.ts';
import {
  objectName,
  type FailureClass,
  type ObjectRef,
  type PullProblem,
  type Workload,
} from '../../core/model/index.ts';
import type { DraftStep } from './remedies/index.ts';

type Steps = readonly DraftStep[];

/** What waits for an image says what it is for. Smaller is earlier: without a network no storage, without it no pods. */
const ranks: Readonly<Partial<Record<FailureClass, number>>> = {
  'sandbox-image': 0,
  'dependent-node': 1,
  'dependent-storage': 2,
  'dependent-webhook': 3,
};
/** A node's own programs: kube-proxy, CNI, CSI drivers. */
const ofCluster = 4;
/** Everything else. */
const last = 5;

/**
 * The order in which workloads are mended: what others wait for comes first, by what is seen to wait for it; then what
 * the cluster calls critical; the rest as it was found.
 */
export function ranked(
  remedies: readonly Steps[],
  {
    problems,
    workloads,
  }: { readonly problems: readonly PullProblem[]; readonly workloads: readonly Workload[] },
): readonly Steps[] {
  const rankOf = (steps: Steps): number =>
    Math.min(last, ...steps.map((step) => rankOfStep(step, problems, workloads)));
  return remedies
    .map((steps) => ({ steps, rank: rankOf(steps) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ steps }) => steps);
}

/** Its pods answer for an admission webhook that refuses other pods while they do not run. */
export function isGate(step: DraftStep, problems: readonly PullProblem[]): boolean {
  return step.expect.length > 0 && classesFor(step, problems).includes('dependent-webhook');
}

function rankOfStep(
  step: DraftStep,
  problems: readonly PullProblem[],
  workloads: readonly Workload[],
): number {
  if ('settings' in step && step.settings.pauseImage !== undefined) return 0;
  const seen = classesFor(step, problems).flatMap((name) => ranks[name] ?? []);
  return Math.min(isCritical(step.object, workloads) ? ofCluster : last, ...seen);
}

function classesFor(
  { expect, object }: DraftStep,
  problems: readonly PullProblem[],
): readonly FailureClass[] {
  const images = new Set(expect.map(({ imageBefore }) => normaliseImage(imageBefore)));
  return problems
    .filter(({ spec }) => images.has(spec.image))
    .flatMap(({ status }) => {
      const pods = new Set(
        status.failures
          .filter(({ owner }) => objectName(owner) === objectName(object))
          .map(({ pod }) => objectName(pod)),
      );
      // Of two workloads with one image only one may be waited for; settings have no pods of their own.
      const ends = (status.chains ?? []).filter(({ links }) => {
        const end = links.at(-1) ?? links[0];
        return pods.size === 0 || pods.has(objectName(end.object));
      });
      return [status.diagnosis.class, ...ends.map((chain) => chain.class)];
    });
}

function isCritical(object: ObjectRef, workloads: readonly Workload[]): boolean {
  if (object.kind === 'DaemonSet' && object.namespace === 'kube-system') return true;
  const workload = workloads.find(({ ref }) => objectName(ref) === objectName(object));
  const priority = workload && readField(workload.object, `${workload.podSpecPath}/priorityClassName`);
  return priority === 'system-node-critical' || priority === 'system-cluster-critical';
}
