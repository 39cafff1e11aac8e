import { formatReference, tryParseReference } from '../../image/index.ts';
import type { Mirror } from '../../model/index.ts';
import { isMirrored, mirrorReference } from '../mirrors/index.ts';
import { globPattern } from './glob-pattern.ts';
import { schemeExpression } from './scheme-expression.ts';

/** What pods are given in place of the names that they bring. */
export type PreventionRules = {
  /** Mirrors that give whatever their registries have: every name that fits is changed, the first mirror wins. */
  readonly whole: readonly Mirror[];
  /** Names that are known to be served: full name to the mirror's name, and whose it is. They go before. */
  readonly known: ReadonlyMap<string, { readonly with: string; readonly mirror: string }>;
  /** All mirrors: what stands on one of them stays as it is. */
  readonly mirrors: readonly Mirror[];
};

/** The name that a pod is given; `undefined` when it keeps its own. The policy says the same in CEL. */
export function preventedName(
  image: string,
  { whole, known, mirrors }: PreventionRules,
): { readonly with: string; readonly mirror: string } | undefined {
  const reference = tryParseReference(image);
  if (reference === undefined) return undefined;
  const full = formatReference(reference);
  if (mirrors.some((mirror) => isMirrored(mirror, reference))) return undefined;
  const exact = known.get(full);
  if (exact !== undefined) return exact;
  for (const mirror of whole) {
    const mirrored = mirrorReference(mirror, reference);
    if (mirrored !== undefined) return { with: formatReference(mirrored), mirror: mirror.name };
  }
  return undefined;
}

/** Why CEL cannot say what this mirror does; undefined when it can. */
export function inexpressible(mirror: Mirror): 'scheme' | 'glob' | undefined {
  if (schemeExpression(mirror) === undefined) return 'scheme';
  return mirror.match.some((glob) => globPattern(glob) === undefined) ? 'glob' : undefined;
}
