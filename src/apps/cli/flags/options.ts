import type { ApplyResult, RepairPlan, Step } from '../../../core/model/index.ts';
import type { PlanOptions, RunScope, Target } from '../../../flows/index.ts';
import type { Shell } from '../shell.ts';
import type { Flags } from './flags.ts';

/** How long the kubelet has to pull and start by default: a large image on a slow line takes minutes. */
const defaultTimeoutSeconds = 300;

/** What a command looks at. Throws PM_USAGE for flags that contradict one another. */
export function targetOf(shell: Shell, flags: Flags, names: readonly string[]): Target {
  const { usage } = shell.m.cli;
  if (flags.snapshot !== undefined) {
    if (flags.filename !== undefined || flags.selector !== undefined) {
      throw shell.usageError(usage.snapshotAndMore);
    }
    return {
      type: 'snapshot',
      path: flags.snapshot,
      names,
      ...(flags.namespace === undefined ? {} : { namespace: flags.namespace }),
    };
  }
  if (flags.filename !== undefined) {
    const cluster = [flags.namespace, flags.allNamespaces, flags.selector];
    if (names.length > 0 || cluster.some((flag) => flag !== undefined)) {
      throw shell.usageError(usage.filesAndCluster);
    }
    return { type: 'files', paths: flags.filename };
  }
  for (const name of names) {
    if (!/^[^/\s]+\/[^/\s]+$/.test(name)) throw shell.usageError(usage.badName(name));
  }
  // As kubectl: -A wins over -n, and names need one namespace.
  if (flags.allNamespaces === true && names.length > 0) {
    throw shell.usageError(usage.namesEverywhere);
  }
  return {
    type: 'cluster',
    names,
    allNamespaces: flags.allNamespaces ?? false,
    ...(flags.namespace !== undefined ? { namespace: flags.namespace } : {}),
    ...(flags.selector !== undefined ? { selector: flags.selector } : {}),
  };
}

/** Which runs `undo` means when none is named. */
export function runScopeOf({ namespace, allNamespaces }: Flags): RunScope {
  return { allNamespaces: allNamespaces ?? false, ...(namespace === undefined ? {} : { namespace }) };
}

export function planOptionsOf(flags: Flags): PlanOptions {
  return {
    allowUnverified: flags.allowUnverified ?? false,
    ...(flags.allowNodeChanges === undefined ? {} : { nodeChanges: flags.allowNodeChanges }),
    ...(flags.pullPolicy !== undefined ? { pullPolicy: flags.pullPolicy } : {}),
    ...(flags.releaseChart === undefined ? {} : { releaseChart: flags.releaseChart }),
    ...(flags.only === undefined ? {} : { only: flags.only }),
    ...(flags.maxChanges === undefined ? {} : { maxChanges: flags.maxChanges }),
  };
}

/** What came of `--dry-run=client`: nobody was asked whether the plan can be carried out. */
export function onlyPlanned({ spec: { steps } }: RepairPlan): ApplyResult {
  const outcome = steps.length === 0 ? 'nothing-to-do' : 'planned';
  return { outcome, verdicts: [], errors: {}, rolledBack: [] };
}

/** True when nothing may change. */
export function isDryRun({ dryRun = 'none' }: Flags): boolean {
  return dryRun !== 'none';
}

export function runOptionsOf(flags: Flags): {
  readonly timeoutSeconds: number;
  readonly keep: boolean;
  readonly dryRun: boolean;
  readonly maxChanges?: number;
} {
  return {
    timeoutSeconds: flags.timeout ?? defaultTimeoutSeconds,
    keep: flags.keep ?? false,
    dryRun: isDryRun(flags),
    ...(flags.maxChanges === undefined ? {} : { maxChanges: flags.maxChanges }),
  };
}

/** The text that `--accept-loss` takes for the object of a step. */
export function lossName(step: Step): string {
  return `${step.object.kind}/${step.object.namespace ?? '-'}/${step.object.name}`;
}

/** True when `--accept-loss` names the object of this step; the kind in any case, as kubectl takes it. */
export function lossAccepted(step: Step, accepted: readonly string[] | undefined): boolean {
  const name = lossName(step).toLowerCase();
  return accepted?.some((text) => text.toLowerCase() === name) ?? false;
}
