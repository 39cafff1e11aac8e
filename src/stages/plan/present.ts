import { readField } from '../../core/edit/index.ts';
import { failureClassInfo } from '../../core/knowledge/failures/index.ts';
import {
  sameObject,
  type PullProblem,
  type Unmended,
  type Usage,
  type Workload,
} from '../../core/model/index.ts';
import { policyPath } from './policy-path.ts';
import type { Mend } from './remedies/index.ts';
import { unmended } from './unmended.ts';

/** What can be done for images that nodes have and `Always` asks for. */
export type Present = { readonly mends: readonly Mend[]; readonly left: readonly Unmended[] };

/**
 * Where the object itself says `Always`, it can say otherwise. Where only its pods have it, admission puts it there
 * (the plug-in AlwaysPullImages, a webhook), and another policy in the object changes nothing.
 */
export function startWithPresent(
  problem: PullProblem,
  usages: readonly Usage[],
  workloads: readonly Workload[],
): Present {
  const says = (usage: Usage): boolean =>
    workloads
      .filter(({ ref }) => sameObject(ref, usage.object))
      .some(({ object }) => readField(object, policyPath(usage)) === 'Always');
  const detail = nodesWith(problem);
  return {
    mends: usages.filter(says).map((usage) => kept(usage, problem)),
    left: unmended(
      problem,
      usages.filter((usage) => !says(usage)),
      { reason: 'always-admission', detail },
    ),
  };
}

/** A usage whose name stays. */
export function kept(usage: Usage, { spec: { image } }: PullProblem): Mend {
  return {
    usage,
    replacement: { image, with: usage.image, mirror: '', platforms: [], identity: 'same' },
  };
}

/** The nodes that have the image, as texts name them. */
export function nodesWith({ status }: PullProblem): string {
  return (status.onNodes ?? []).join(', ');
}

/** Groups of causes that lie with the registry or the way to it: who does not ask meets none of them. */
const askingGroups: ReadonlySet<string> = new Set(['access', 'quota', 'network', 'tls', 'registry']);

/**
 * Is the pull policy all that keeps these pods from starting: it is `Always`, and the nodes on which they fail have the
 * image.
 */
export function isPresent({ status }: PullProblem, { object, pullPolicy }: Usage): boolean {
  const { diagnosis, onNodes = [], failures } = status;
  const { group } = failureClassInfo[diagnosis.class];
  if (pullPolicy !== 'Always' || !(askingGroups.has(group) || diagnosis.class === 'not-found')) return false;
  // Of a bare pod the policy cannot change.
  if (object.kind === 'Pod' || object.kind === 'Job') return false;
  const own = failures.filter(({ owner }) => sameObject(owner, object)).flatMap(({ node }) => node ?? []);
  return own.length > 0 && own.every((node) => onNodes.includes(node));
}
