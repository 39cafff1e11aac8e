import { chooseCopy } from '../../core/choose/index.ts';
import type { Candidate, Identity, Probe, Supply } from '../../core/model/index.ts';
import type { Need, PreflightItem } from './types.ts';

/** Whether and from where each image can be had, by what origins and mirrors answered. */
export function assess(
  needs: readonly Need[],
  supplies: readonly Supply[],
  allowUnverified = false,
): readonly PreflightItem[] {
  const found = new Map(supplies.map((supply) => [supply.image, supply]));
  return needs.map((need) => {
    const pulled = found.get(need.image);
    const original = found.get(need.original);
    return pulled === undefined || original === undefined
      ? { ...need, state: 'not-asked' as const }
      : assessOne(need, pulled, original, allowUnverified);
  });
}

function assessOne(need: Need, pulled: Supply, original: Supply, allowUnverified: boolean): PreflightItem {
  const { origin: answer } = pulled;
  const isRenamed = need.image !== need.original;
  const asked = { ...need, outcome: answer.outcome, detail: answer.detail };
  if (answer.outcome === 'works') {
    const identity = isRenamed ? { identity: sameness(answer, original.origin) } : {};
    return { ...asked, state: 'works', from: need.image, ...identity };
  }
  if (isRenamed && original.origin.outcome === 'works') {
    return { ...asked, state: 'elsewhere', from: need.original };
  }
  const copy = bestCopy(original, allowUnverified);
  if (copy !== undefined) {
    return { ...asked, state: 'elsewhere', from: copy.reference, identity: copy.identity };
  }
  const limited = [pulled, original]
    .flatMap(({ origin, candidates }) => [origin, ...candidates.map(({ probe }) => probe)])
    .find(({ outcome }) => outcome === 'rate-limited');
  if (limited === undefined) return { ...asked, state: 'missing' };
  const { retryAfter } = limited;
  return {
    ...asked,
    state: 'ask-later',
    outcome: limited.outcome,
    detail: limited.detail,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}

export function bestCopy(supply: Supply, allowUnverified: boolean): Candidate | undefined {
  const choice = chooseCopy(supply, { allowUnverified });
  return choice.ok ? choice.copy : undefined;
}

/** Digests of an index and of a single manifest cannot be compared. */
function sameness(a: Probe, b: Probe): Identity {
  if (a.digest === undefined || b.digest === undefined) return 'unverified';
  if (a.digest === b.digest) return 'same';
  const isIndex = (probe: Probe): boolean => Object.keys(probe.platformDigests).length > 0;
  if (!isIndex(a) || !isIndex(b)) return 'unverified';
  const common = Object.keys(a.platformDigests).filter((it) => b.platformDigests[it] !== undefined);
  if (common.length === 0) return 'unverified';
  const equal = common.every((it) => a.platformDigests[it] === b.platformDigests[it]);
  return equal ? 'same' : 'different';
}
