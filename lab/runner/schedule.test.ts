import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseScenario, type Scenario } from './file/index.ts';
import { firstState, hostsOf, runSideBySide } from './schedule.ts';

function scenario(name: string, given = '', isolation = 'namespace'): Scenario {
  return parseScenario(
    `{ name: ${name}, about: x, isolation: ${isolation}, when: [{ ready: [Pod/x] }], then: {},
       given: { manifests: "", failing: [{ of: Pod/x, container: x }], ${given} } }`,
    name,
  );
}

/** Runs them and tells which were active together, and what was set when. */
async function watch(scenarios: readonly Scenario[], limit: number) {
  const active = new Set<string>();
  const together: string[] = [];
  const states = new Map<string, string>();
  const clashes: string[] = [];
  await runSideBySide(
    scenarios,
    limit,
    async (hosts) => {
      for (const [host, state] of hosts) states.set(host, state);
    },
    async (one) => {
      active.add(one.name);
      together.push([...active].toSorted().join('+'));
      for (let turn = 0; turn < 5; turn += 1) {
        await nextTurn();
        for (const [host, state] of hostsOf(one))
          if (states.get(host) !== state) clashes.push(`${one.name} ${host}`);
      }
      active.delete(one.name);
    },
  );
  return { together, clashes };
}

test('a host that a scenario changes is its own, and begins as the scenario says', () => {
  const one = parseScenario(
    `{ name: one, about: x, when: [{ upstreams: { hosts: { quay.io: refuse } } }],
       given: { hosts: { quay.io: hang }, failing: [{ of: Pod/x, container: x }] } }`,
    'one',
  );
  const state = hostsOf(one).get('quay.io') ?? '';
  expect(firstState(state)).toBe('hang');
  expect(state).not.toBe(hostsOf(scenario('two', 'hosts: { quay.io: hang }')).get('quay.io'));
});

describe('runSideBySide', () => {
  test('keeps to the limit and runs everything', async () => {
    const { together } = await watch(
      ['aa', 'bb', 'cc', 'dd', 'ee'].map((name) => scenario(name)),
      2,
    );
    expect(together).toHaveLength(5);
    expect(Math.max(...together.map((names) => names.split('+').length))).toBe(2);
  });

  test('scenarios that need other states of one host never overlap', async () => {
    const { together, clashes } = await watch(
      [
        scenario('aa', 'hosts: { docker.io: hang }'),
        scenario('bb', 'images: [{ name: "docker.io/library/b:1" }]'),
        scenario('cc', 'hosts: { quay.io: refuse }'),
        scenario('dd', 'hosts: { docker.io: hang, quay.io: refuse }'),
      ],
      6,
    );
    expect(clashes).toEqual([]);
    expect(together.some((names) => names.includes('aa') && names.includes('bb'))).toBe(false);
    expect(together).toContain('aa+cc+dd');
  });

  test('one that wants the cluster runs alone and last', async () => {
    const { together } = await watch([scenario('aa', '', 'cluster'), scenario('bb'), scenario('cc')], 6);
    expect(together).toEqual(['bb', 'bb+cc', 'aa']);
  });
});

test('Docker Hub cannot be reached unless a scenario says otherwise', () => {
  const images = 'images: [{ name: "docker.io/library/b:1", at: ["harbor.lab/library/b:1"] }]';
  expect(Object.fromEntries(hostsOf(scenario('aa', images)))).toEqual({
    'registry-1.docker.io': 'nxdomain',
    'harbor.lab': 'up',
  });
});
