import type { Harbor, HarborRobotSecret } from '../../adapters/harbor/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { endpointTo } from './plan-setup.ts';
import type { SetupStep } from './types.ts';

export type SetupDeps = {
  readonly harbor: Harbor;
  readonly onStep: (step: SetupStep) => void;
  /** Where the secret of a robot goes, which Harbor tells once; called without one before the robot is made. */
  readonly saveRobot: (host: string, robot?: HarborRobotSecret) => Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Makes what a plan says, one after the other. What fails ends it and leaves what was made: planned again, only the
 * rest is left. Throws as `Harbor`.
 */
export async function carryOut(steps: readonly SetupStep[], deps: SetupDeps): Promise<void> {
  for (const step of steps) {
    deps.signal.throwIfAborted();
    await make(step, deps);
    deps.onStep(step);
  }
}

async function make(step: SetupStep, { harbor, saveRobot }: SetupDeps): Promise<void> {
  const { host, name } = step;
  switch (step.action) {
    case 'create-endpoint':
      await harbor.createEndpoint({ name, type: step.type, url: step.url });
      return;
    case 'create-project':
      await makeProject(step, harbor);
      return;
    case 'create-retention': {
      const project = await harbor.project(name);
      await harbor.createRetention(there(project, name).id, step.keepLast);
      return;
    }
    case 'create-replication': {
      const endpoint = endpointTo(step.upstream, await harbor.endpoints());
      await harbor.createReplication({ ...step, source: there(endpoint, step.upstream).id });
      return;
    }
    case 'create-robot':
      await saveRobot(host);
      await saveRobot(host, await harbor.createRobot(name, step.projects));
      return;
    case 'extend-robot': {
      const robots = await harbor.robots();
      const robot = robots.find((it) => it.name === name);
      await harbor.extendRobot(there(robot, name), step.projects);
    }
  }
}

async function makeProject(
  { name, isPublic, upstream }: Extract<SetupStep, { readonly action: 'create-project' }>,
  harbor: Harbor,
): Promise<void> {
  if (upstream === undefined) return await harbor.createProject({ name, isPublic });
  const endpoint = endpointTo(upstream, await harbor.endpoints());
  await harbor.createProject({ name, isPublic, endpoint: there(endpoint, upstream).id });
}

/** What the plan or an earlier step saw is gone only when somebody else deletes it meanwhile. */
function there<T>(found: T | undefined, name: string): T {
  if (found === undefined) throw new PullmendError('PM_INTERNAL', { message: `${name} has vanished` });
  return found;
}
