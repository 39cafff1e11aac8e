import { isHarbor, openHarbor, type Harbor, type HarborSend } from '../../adapters/harbor/index.ts';
import { PullmendError, type HarborUnsuitable } from '../../core/base/index.ts';
import { needsOf, type HarborNeed } from '../../core/knowledge/harbor/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import { dockerConfigKeychain, firstOf, type RegistryClient } from '../../adapters/oci/index.ts';
import {
  carryOut,
  planSetup,
  type SetupPlan,
  type SetupSkipped,
  type SetupStep,
  type SetupWishes,
} from '../harbor/index.ts';
import { dockerConfigOf, keychainFor } from './credentials.ts';
import { openClient } from './registries.ts';
import type { World } from './world.ts';

export type SetupOptions = SetupWishes & {
  readonly dryRun: boolean;
  /** Asked before anything is made; `false` ends it with nothing changed. */
  readonly confirm: (plan: HarborSetupPlan) => Promise<boolean>;
  readonly onStep: (step: SetupStep) => void;
  /** Keeps the login of the robot, as a Docker configuration: the secret is told once. */
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
  mirrors: readonly Mirror[],
  named: boolean,
  options: SetupOptions,
  world: World,
): Promise<SetupResult> {
  const client = openClient(world.options, world.outside.mirrors, slowAnswers);
  try {
    const { byHost, skipped } = await sort(mirrors, named, client, world);
    const harbors = await Promise.all(
      [...byHost].map(async ([host, needs]) => {
        const owners = mirrors.filter((it) => needs.some(({ mirror }) => mirror === it.name));
        const harbor = await loggedIn(host, owners, client, world);
        return { harbor, plan: await planSetup(harbor, needs, options) };
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
    const saveRobot = robotKeeper(options.saveLogin);
    for (const { harbor, plan: own } of harbors) {
      const { onStep } = options;
      await carryOut(own.steps, { harbor, onStep, saveRobot, signal: world.options.signal });
    }
    return { ...plan, outcome: 'done' };
  } finally {
    await client.close();
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

/** Throws PM_REGISTRY_UNREACHABLE, PM_TLS_UNTRUSTED. */
export async function isHarborAt(host: string, client: RegistryClient, world: World): Promise<boolean> {
  return await isHarbor(sendTo(host, client, world));
}

/** As the user who did `docker login`, else as the mirrors' own; `undefined` when there is neither. */
export async function harborAt(
  host: string,
  mirrors: readonly Mirror[],
  client: RegistryClient,
  world: World,
): Promise<Harbor> {
  const sources = { ...world.options, kube: world.outside.kube };
  const own = mirrors.map(({ credentials }) => keychainFor(credentials, sources));
  const found = await firstOf(dockerConfigKeychain(world.options), ...own).find(host, '');
  const send = sendTo(host, client, world);
  return openHarbor({ host, send, ...(found?.type === 'basic' ? { login: found } : {}) });
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

function sendTo(host: string, client: RegistryClient, { options }: World): HarborSend {
  return async (request) => await client.plain(host, { ...request, signal: options.signal });
}

/** Robots of several Harbors are kept together. */
function robotKeeper(saveLogin: SetupOptions['saveLogin']) {
  const logins: { host: string; username: string; password: string }[] = [];
  return async (host: string, { name, secret }: { readonly name: string; readonly secret: string }) => {
    logins.push({ host, username: name, password: secret });
    await saveLogin(dockerConfigOf(logins));
  };
}
