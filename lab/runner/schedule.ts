import type { Scenario } from './file/index.ts';

/** States of hosts, as the DNS server and the listeners of the upstreams show them. */
export type HostStates = ReadonlyMap<string, string>;

/**
 * What a scenario gets when it does not say otherwise: Docker Hub cannot be reached, the rest of the world can.
 * So most scenarios agree and run side by side.
 */
const DEFAULT_STATES: HostStates = new Map([['registry-1.docker.io', 'nxdomain']]);

const ALIASES: HostStates = new Map([['docker.io', 'registry-1.docker.io']]);

/** The state of a host that a scenario changes while it runs: no other scenario needs the same. */
const CHANGES = ' changed by ';

/** The state that a host has when the scenario begins. */
export function firstState(state: string): string {
  return state.split(CHANGES)[0] ?? state;
}

/** The hosts that a scenario stands on: those it names and those of its images, each with the state it needs. */
export function hostsOf({ name: scenario, given, when }: Scenario): HostStates {
  const used = given.images.flatMap(({ name, at = [] }) => [name, ...at]).map(hostOf);
  const states = new Map(used.map((host) => [host, DEFAULT_STATES.get(host) ?? 'up']));
  for (const [host, state] of Object.entries(given.hosts)) states.set(canonical(host), state);
  for (const host of changedIn(when).map(canonical))
    states.set(host, `${states.get(host) ?? DEFAULT_STATES.get(host) ?? 'up'}${CHANGES}${scenario}`);
  return states;
}

function changedIn(when: Scenario['when']): string[] {
  return when.flatMap((action) => {
    if ('parallel' in action) return changedIn(action.parallel.flat());
    return 'upstreams' in action ? Object.keys(action.upstreams.hosts) : [];
  });
}

export type Turn = { readonly scenario: Scenario; readonly hosts: HostStates };

/**
 * Runs scenarios side by side, at most `limit` at once. Two that need different states of one host never overlap;
 * `cluster` ones run alone, after the others. `enter` is called right before a scenario starts, with the states
 * that nobody else relies on by then or already has.
 */
export async function runSideBySide(
  scenarios: readonly Scenario[],
  limit: number,
  enter: (hosts: HostStates) => Promise<void>,
  run: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  const queue: Turn[] = scenarios
    .toSorted((a, b) => Number(a.isolation === 'cluster') - Number(b.isolation === 'cluster'))
    .map((scenario) => ({ scenario, hosts: hostsOf(scenario) }));
  const active = new Map<Turn, Promise<void>>();
  while (queue.length > 0 || active.size > 0) {
    const next = active.size < limit ? queue.findIndex((turn) => fits(turn, [...active.keys()])) : -1;
    const [turn] = next === -1 ? [] : queue.splice(next, 1);
    if (turn === undefined) {
      await Promise.race(active.values());
      continue;
    }
    await enter(turn.hosts);
    active.set(
      turn,
      run(turn.scenario).finally(() => active.delete(turn)),
    );
  }
}

/** Whether a scenario may start beside those that run. */
export function fits(turn: Turn, active: readonly Turn[]): boolean {
  if (active.length === 0) return true;
  if ([turn, ...active].some(({ scenario }) => scenario.isolation === 'cluster')) return false;
  return active.every(({ hosts }) => agree(hosts, turn.hosts));
}

function agree(a: HostStates, b: HostStates): boolean {
  return [...a].every(([host, state]) => (b.get(host) ?? state) === state);
}

function hostOf(reference: string): string {
  return canonical(reference.slice(0, reference.indexOf('/')));
}

function canonical(host: string): string {
  return ALIASES.get(host) ?? host;
}
