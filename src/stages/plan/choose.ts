import { chooseCopy } from '../../core/choose/index.ts';
import type { Candidate, PullProblem, Replacement, Supply } from '../../core/model/index.ts';
import { failureClassInfo } from '../../core/knowledge/failures/index.ts';
import type { PlanInput } from './input.ts';
import { making } from './make.ts';
import type { Why } from './unmended.ts';

/** The decision for one image: what replaces it, or why nothing does. */
export type Choice =
  | { readonly ok: true; readonly replacement: Replacement }
  | ({ readonly ok: false } & Why);

/**
 * Chooses the copy that replaces an image: the best usable candidate, else one that can be made, or the reason why
 * there is none.
 */
export function choose(problem: PullProblem, supply: Supply | undefined, input: PlanInput): Choice {
  const { options } = input;
  const { class: cause } = problem.status.diagnosis;
  if (cause === 'invalid-name') return { ok: false, reason: 'invalid-name' };
  if (failureClassInfo[cause].anyName === true) return { ok: false, reason: 'mirror-useless' };
  if (cause === 'never-pull-absent' && options.pullPolicy === undefined)
    return { ok: false, reason: 'never-pull' };
  const chosen = chooseCopy(supply, {
    allowUnverified: options.allowUnverified,
    ...(options.accepted === undefined ? {} : { accepted: options.accepted }),
    isDenied: cause === 'not-found',
  });
  if (chosen.ok) return { ok: true, replacement: replacement(problem.spec.image, chosen.copy) };
  const made = making(problem, supply, input);
  if (made.type === 'made') return { ok: true, replacement: made.replacement };
  const { reason, doubtful } = chosen;
  if (doubtful !== undefined) return { ok: false, reason, detail: doubtful.reference };
  if (made.type === 'taken') return { ok: false, reason: 'name-taken', detail: made.detail };
  const { type: _, ...help } = made;
  const asked = chosen.asked === undefined ? {} : { detail: chosen.asked };
  const refused = supply?.candidates.some((c) => c.probe.outcome === 'forbidden') === true;
  // A service that refuses what it was not asked for has answered.
  const asking = refused && help.requestVia !== undefined;
  if (reason === 'mirrors-fail' && !asking) return { ok: false, reason, ...asked };
  return { ok: false, reason: 'no-copy', ...asked, ...help };
}

function replacement(image: string, candidate: Candidate): Replacement {
  return {
    image,
    with: candidate.reference,
    mirror: candidate.mirror,
    ...digestsOf(candidate),
    platforms: candidate.probe.platforms,
    identity: candidate.identity,
  };
}

function digestsOf({ probe }: Candidate): Pick<Replacement, 'digest' | 'digests'> {
  if (probe.digest === undefined) return {};
  return { digest: probe.digest, digests: [probe.digest, ...Object.values(probe.platformDigests)] };
}
