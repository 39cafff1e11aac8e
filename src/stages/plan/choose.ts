import type { Candidate, ProbeOutcome, PullProblem, Replacement, Supply } from '../../core/model/index.ts';
import { failureClassInfo } from '../../core/knowledge/failures/index.ts';
import type { PlanInput, PlanOptions } from './input.ts';
import { making } from './make.ts';
import type { Why } from './unmended.ts';

/** The decision for one image: what replaces it, or why nothing does. */
export type Choice =
  | { readonly ok: true; readonly replacement: Replacement }
  | ({ readonly ok: false } & Why);

/** A mirror that said one of these has been asked; after the others nobody knows what it holds. */
const answers: ReadonlySet<ProbeOutcome> = new Set([
  'works',
  'absent',
  'platform-missing',
  'digest-mismatch',
]);

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
  const candidates = supply?.candidates ?? [];
  // A mirror that lacks an image says nothing of the image itself.
  const isDenied = cause === 'not-found' && supply?.original?.certainty !== 'certain';
  const best = candidates.find((c) => mayUse(c, isDenied, options));
  if (best !== undefined) return { ok: true, replacement: replacement(problem.spec.image, best) };
  const made = making(problem, supply, input);
  if (made.type === 'made') return { ok: true, replacement: made.replacement };
  const doubtful = candidates.find(works);
  if (doubtful !== undefined) {
    const reason = doubtful.identity === 'different' ? 'only-different' : 'only-unverified';
    return { ok: false, reason, detail: doubtful.reference };
  }
  if (made.type === 'taken') return { ok: false, reason: 'name-taken', detail: made.detail };
  const { type: _, ...help } = made;
  const refused = candidates.some((c) => c.probe.outcome === 'forbidden');
  // A service that refuses what it was not asked for has answered.
  const asking = refused && help.requestVia !== undefined;
  const silent = !asking && candidates.length > 0 && candidates.every((c) => !answers.has(c.probe.outcome));
  if (silent) return { ok: false, reason: 'mirrors-fail', ...asked(candidates) };
  return { ok: false, reason: 'no-copy', ...asked(candidates), ...help };
}

function mayUse(candidate: Candidate, isDenied: boolean, options: PlanOptions): boolean {
  if (options.allowUnverified) return works(candidate);
  // A name that the registry itself denies may be any image elsewhere: only a proof makes it the same.
  if (isDenied && candidate.identity !== 'same') return false;
  return candidate.usable;
}

function works(candidate: Candidate): boolean {
  return candidate.probe.outcome === 'works' && candidate.missingPlatforms.length === 0;
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

function asked(candidates: readonly Candidate[]): { readonly detail?: string } {
  if (candidates.length === 0) return {};
  return { detail: candidates.map((c) => `${c.mirror} ${c.probe.outcome}`).join(', ') };
}
