import type { Harbor } from '../../adapters/harbor/index.ts';
import type { RegistryClient } from '../../adapters/oci/index.ts';
import { PullmendError, type HarborUnsuitable } from '../../core/base/index.ts';
import {
  needsOf,
  replicationOf,
  type HarborNeed,
  type Replication,
} from '../../core/knowledge/harbor/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { carryOut, type SetupDeps } from './carry-out.ts';
import { planSetup } from './plan-setup.ts';
import { type SetupPlan, type SetupSkipped, type SetupStep, type SetupWishes } from './types.ts';
import { chosenMirrors, dockerConfigOf, openClient, type World } from '../../access/index.ts';
import { harborAt, isHarborAt } from './connect.ts';

export type SetupOptions = Omit<SetupWishes, 'replications'> & {
  /** Names, as Harbor's patterns say them, that it is to copy itself into the projects for copies. */
  readonly replicate?: string;
  readonly dryRun: boolean;
  /** Asked before anything is made; `false` ends it with nothing changed. */
  readonly confirm: (plan: HarborSetupPlan) => Promise<boolean>;
  readonly onStep: (step: SetupStep) => void;
  /** Keeps the login of the robot, as a Docker configuration; called with an empty text before it is made. */
  readonly saveLogin: (dockerConfig: string) => Promise<void>;
};

export type HarborSetupPlan = SetupPlan & { readonly skipped: readonly SetupSkipped[] };

/** `nothing-to-do`: everything is there. */
export type SetupResult = HarborSetupPlan & {
  readonly outcome: 'nothing-to-do' | 'dry-run' | 'declined' | 'done';
};

/** Harbor asks the registry behind a new endpoint before it answers. */
const slowAnswers = { headersMs: 60_000, documentMs: 90_000 } as const;

/**
 * Makes what the mirrors need on their Harbors, and nothing that is there. All is planned before anything is made.
 * Throws PM_MIRROR_UNKNOWN, PM_HARBOR_*, PM_REGISTRY_*.
 */
export async function setUpHarbors(
  names: readonly string[],
  options: SetupOptions,
  world: World,
): Promise<SetupResult> {
  const mirrors = chosenMirrors(names, world);
  const client = openClient(world.options, world.outside, slowAnswers);
  try {
    const { byHost, skipped } = await sort(mirrors, names.length > 0, client, world);
    const harbors = await Promise.all(
      [...byHost].map(async ([host, needs]) => {
        const owners = mirrors.filter((it) => needs.some(({ mirror }) => mirror === it.name));
        const harbor = await loggedIn(host, owners, client, world);
        const wishes = { ...options, replications: replicationsOf(owners, options.replicate) };
        return {
          harbor,
          plan: await planSetup(harbor, needs, wishes, (world.options.now?.() ?? new Date()).getTime()),
        };
      }),
    );
    const plan = {
      steps: harbors.flatMap((it) => it.plan.steps),
      kept: harbors.flatMap((it) => it.plan.kept),
      skipped,
    };
    if (plan.steps.length === 0) return { ...plan, outcome: 'nothing-to-do' };
    if (options.dryRun) return { ...plan, outcome: 'dry-run' };
    if (!(await options.confirm(plan))) return { ...plan, outcome: 'declined' };
    await makeAll(harbors, options, world.options.signal);
    return { ...plan, outcome: 'done' };
  } finally {
    await client.close();
  }
}

/** Throws PM_HARBOR_UNSUITABLE for a mirror whose names a Harbor cannot give. */
function replicationsOf(mirrors: readonly Mirror[], pattern: string | undefined): readonly Replication[] {
  if (pattern === undefined) return [];
  return mirrors
    .filter(({ scheme }) => scheme !== 'harbor-proxy')
    .map((mirror) => {
      const rule = replicationOf(mirror, pattern);
      if (typeof rule === 'string')
        throw new PullmendError('PM_HARBOR_UNSUITABLE', { mirror: mirror.name, reason: rule });
      return rule;
    });
}

/** Throws PM_HARBOR_HALF_DONE when something was made before it failed. */
async function makeAll(
  harbors: readonly { readonly harbor: Harbor; readonly plan: SetupPlan }[],
  options: SetupOptions,
  signal: AbortSignal,
): Promise<void> {
  const saveRobot = robotKeeper(options.saveLogin);
  let made = 0;
  const onStep = (step: SetupStep): void => {
    made += 1;
    options.onStep(step);
  };
  try {
    for (const { harbor, plan } of harbors) await carryOut(plan.steps, { harbor, onStep, saveRobot, signal });
  } catch (error) {
    if (made === 0 || !(error instanceof PullmendError)) throw error;
    const of = harbors.reduce((sum, { plan }) => sum + plan.steps.length, 0);
    const why = { en: error.text('en').what, zh: error.text('zh').what };
    throw new PullmendError(
      'PM_HARBOR_HALF_DONE',
      { made, of, why },
      { ...(error.where !== undefined && { where: error.where }), cause: error },
    );
  }
}

/** The mirrors by their Harbor, and those for which nothing is made; a mirror that was named must not be one of them. */
async function sort(
  mirrors: readonly Mirror[],
  named: boolean,
  client: RegistryClient,
  world: World,
): Promise<{ readonly byHost: ReadonlyMap<string, HarborNeed[]>; readonly skipped: SetupSkipped[] }> {
  const byHost = new Map<string, HarborNeed[]>();
  const skipped: SetupSkipped[] = [];
  const skip = (mirror: string, reason: HarborUnsuitable): void => {
    if (named) throw new PullmendError('PM_HARBOR_UNSUITABLE', { mirror, reason });
    skipped.push({ mirror, reason });
  };
  for (const mirror of mirrors) {
    const needs = needsOf(mirror);
    if (typeof needs === 'string') skip(mirror.name, needs);
    else if (!(await isHarborAt(needs[0]?.host ?? '', client, world))) skip(mirror.name, 'not-harbor');
    else for (const need of needs) byHost.set(need.host, [...(byHost.get(need.host) ?? []), need]);
  }
  return { byHost, skipped };
}

async function loggedIn(
  host: string,
  mirrors: readonly Mirror[],
  client: RegistryClient,
  world: World,
): Promise<Harbor> {
  const harbor = await harborAt(host, mirrors, client, world);
  if (harbor.user === undefined) throw new PullmendError('PM_HARBOR_NO_LOGIN', { host });
  return harbor;
}

/** Robots of several Harbors are kept together. What cannot be kept is found out before a robot is made. */
function robotKeeper(saveLogin: SetupOptions['saveLogin']): SetupDeps['saveRobot'] {
  const logins: { host: string; username: string; password: string }[] = [];
  return async (host, robot) => {
    if (robot !== undefined) logins.push({ host, username: robot.name, password: robot.secret });
    await saveLogin(logins.length === 0 ? '' : dockerConfigOf(logins));
  };
}
