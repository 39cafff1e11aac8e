import { nodeStates, type NodeState } from './api.ts';
import { daemonRecords, type DaemonRecord } from './host/daemon.ts';
import { isUp } from './lifecycle.ts';
import { labPaths, type LabPaths } from './paths.ts';
import { upstreamsAnswer } from './upstreams.ts';

export type LabStatus = {
  readonly up: boolean;
  readonly nodes: readonly NodeState[];
  readonly upstreams: boolean;
  readonly daemons: readonly DaemonRecord[];
  readonly paths: LabPaths;
};

/** What runs; of a lab that is down everything is empty or false. */
export async function labStatus(): Promise<LabStatus> {
  const up = await isUp();
  return {
    up,
    nodes: up ? await nodeStates() : [],
    upstreams: up && (await upstreamsAnswer()),
    daemons: daemonRecords(),
    paths: labPaths(),
  };
}

/** The same for people. */
export function renderStatus(status: LabStatus): string {
  const { kubeconfig, logDir, upstreamsSocket } = status.paths;
  if (!status.up) {
    const dead = status.daemons.filter(({ alive }) => !alive);
    const reason =
      dead.length > 0 ? `; died: ${dead.map(({ name }) => name).join(', ')} (logs in ${logDir})` : '';
    return `lab         down${reason}`;
  }
  return [
    'lab         up',
    ...status.nodes.map(({ name, ready }) => `${name.padEnd(12)}${ready ? 'Ready' : 'not Ready'}`),
    `upstreams   ${status.upstreams ? 'answer' : 'do not answer'}`,
    ...status.daemons.map(({ name, pid, alive }) => `  ${alive ? '✔' : '✘'} ${name.padEnd(26)}${pid}`),
    `kubeconfig  ${kubeconfig}`,
    `control     ${upstreamsSocket}`,
    `logs        ${logDir}`,
  ].join('\n');
}
