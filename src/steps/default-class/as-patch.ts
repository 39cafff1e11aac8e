import type { DefaultClassStep, PatchStep } from '../../core/model/index.ts';

/** What is written, as the patch that it is. */
export function asPatch({ change, claims: _claims, kind: _kind, ...rest }: DefaultClassStep): PatchStep {
  return { ...rest, kind: 'patch', changes: [change] };
}
