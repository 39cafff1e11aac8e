import type { Candidate, ProbeOutcome, Supply } from '../model/index.ts';

/** Why no copy may be used; the same words in plans, rewrites and reports. */
export type CopyReason = 'only-different' | 'only-unverified' | 'mirrors-fail' | 'no-copy';

export type CopyChoice =
  | { readonly ok: true; readonly copy: Candidate }
  | {
      readonly ok: false;
      readonly reason: CopyReason;
      /** The copy that works and may not be used. */
      readonly doubtful?: Candidate;
      /** Who was asked and answered what; absent: nobody was. */
      readonly asked?: string;
    };

export type ChooseOptions = {
  readonly allowUnverified: boolean;
  /** Names of copies that a person said yes to, each by itself: nothing proves them, and nothing speaks against them. */
  readonly accepted?: ReadonlySet<string>;
  /** A node was told that the registry has no such image: it may be any image elsewhere. */
  readonly isDenied?: boolean;
};

/** A mirror that said one of these has been asked; after the others nobody knows what it holds. */
const answers: ReadonlySet<ProbeOutcome> = new Set([
  'works',
  'absent',
  'platform-missing',
  'digest-mismatch',
]);

/**
 * The copy that stands for an image, by one rule for every command. It works and has the platforms, always. Proved to
 * be the same image: yes. Another image: only when that is allowed. Nothing to compare with: where nothing asks for a
 * proof, as on a mirror of the user's own, or when that is allowed.
 */
export function chooseCopy(supply: Supply | undefined, options: ChooseOptions): CopyChoice {
  const candidates = supply?.candidates ?? [];
  const isDenied = options.isDenied === true && supply?.original?.certainty !== 'certain';
  const copy =
    candidates.find((one) => isUsable(one, { allowUnverified: false, isDenied })) ??
    candidates.find((one) => isUsable(one, { ...options, isDenied })) ??
    candidates.find((one) => options.accepted?.has(one.reference) === true && mayBeAsked(one));
  if (copy !== undefined) return { ok: true, copy };
  const asked = candidates.map(answerOf).join(', ');
  const told = candidates.length === 0 ? {} : { asked };
  const doubtful = candidates.find(works);
  if (doubtful !== undefined) {
    const reason = doubtful.identity === 'different' ? 'only-different' : 'only-unverified';
    return { ok: false, reason, doubtful, ...told };
  }
  const isSilent = candidates.length > 0 && candidates.every(({ probe }) => !answers.has(probe.outcome));
  return { ok: false, reason: isSilent ? 'mirrors-fail' : 'no-copy', ...told };
}

/** May this copy be used. */
export function isUsable(
  copy: Omit<Candidate, 'usable'>,
  { allowUnverified, isDenied = false }: ChooseOptions,
): boolean {
  if (!works(copy)) return false;
  if (allowUnverified || copy.identity === 'same') return true;
  return copy.identity === 'unverified' && copy.needsProof === undefined && !isDenied;
}

/** A public copy that works, and that nothing proves to be the image, or to be another one: a person may decide. */
export function mayBeAsked(copy: Omit<Candidate, 'usable'>): boolean {
  return works(copy) && copy.identity === 'unverified' && copy.needsProof === 'public';
}

function works({ probe, missingPlatforms }: Omit<Candidate, 'usable'>): boolean {
  return probe.outcome === 'works' && missingPlatforms.length === 0;
}

function answerOf({ mirror, probe, missingPlatforms }: Candidate): string {
  const { outcome, retryAfter } = probe;
  if (missingPlatforms.length > 0) return `${mirror} platform-missing (${missingPlatforms.join(', ')})`;
  if (outcome !== 'rate-limited') return `${mirror} ${outcome}`;
  return retryAfter === undefined ? `${mirror} 429` : `${mirror} 429, again in ${retryAfter} s`;
}
