import type { MirrorSet, Supply } from '../../core/model/index.ts';
import { advise } from './advise.ts';
import { assess } from './assess.ts';
import { commandsFor } from './commands.ts';
import type { InstallerConfig, Need, PreflightReport } from './types.ts';

/** What can be had, from where, and what fills the gaps. Without supplies nothing was asked. */
export function preflight(input: {
  readonly needs: readonly Need[];
  readonly installers: readonly InstallerConfig[];
  readonly supplies: readonly Supply[];
  readonly mirrors: MirrorSet;
  readonly platforms: readonly string[];
  readonly notes: PreflightReport['notes'];
  readonly allowUnverified: boolean;
}): PreflightReport {
  const { needs, installers, supplies, platforms, notes, allowUnverified } = input;
  const { mirrors } = input.mirrors;
  const items = assess(needs, supplies, allowUnverified);
  const advice =
    supplies.length === 0
      ? []
      : installers.flatMap((installer) => advise(installer, items, supplies, mirrors));
  return { platforms, items, installers, advice, commands: commandsFor(items, advice, mirrors), notes };
}
