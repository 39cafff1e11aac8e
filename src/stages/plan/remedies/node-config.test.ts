import { describe, expect, test } from 'vitest';
import type { NodeSettings, Replacement, Unmended, Usage, Workload } from '../../../core/model/index.ts';
import type { NodeConfigFact } from '../facts.ts';
import { forNobody, nodeConfig, oncePerNode } from './node-config.ts';
import type { Mend } from './remedy.ts';

const web = { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'shop', name: 'web' };
const api = { ...web, name: 'api' };
const replacement: Replacement = {
  image: 'quay.io/acme/web:1',
  with: 'harbor.corp/x/acme/web:1',
  mirror: 'harbor',
  platforms: [],
  identity: 'same',
};
const usage = {
  object: web,
  path: '/spec/template/spec/containers/0/image',
  place: 'container',
  name: 'web',
  image: 'quay.io/acme/web:1',
  reference: 'quay.io/acme/web:1',
} as unknown as Usage;
const settings: NodeSettings = {
  registries: [
    { registry: 'quay.io', mirrors: [{ name: 'harbor', server: 'https://harbor.corp', path: 'x' }] },
  ],
};

function fact(node: string, more: Partial<NodeConfigFact['step']> = {}, owners = [web]): NodeConfigFact {
  const step = {
    kind: 'node-config' as const,
    object: { apiVersion: 'v1', kind: 'Node', name: node },
    expect: [],
    node,
    settings,
    files: [{ path: '/etc/x', after: 'a'.repeat(64), lines: [] }],
    folders: [],
    restart: 'none' as const,
    ...more,
  };
  return { node, owners, step };
}

function propose(mends: readonly Mend[], nodeConfigs?: readonly NodeConfigFact[], ref = web) {
  const workload = { ref } as unknown as Workload;
  return nodeConfig.propose(
    { workload, mends, changes: [] },
    nodeConfigs === undefined ? {} : { nodeConfigs },
  );
}

describe('the nodes of a workload are told', () => {
  test('each once, under the name as it is written', () => {
    const found = propose([{ usage, replacement }], [fact('node1'), fact('node2'), fact('node3', {}, [api])]);
    expect(found).toMatchObject({
      ok: true,
      steps: [
        { node: 'node1', expect: [{ imageBefore: usage.image, imageAfter: usage.image }] },
        { node: 'node2' },
      ],
    });
  });

  test.each<[string, ReturnType<typeof propose>]>([
    ['nobody allowed it', propose([{ usage, replacement }])],
    ['no pod of it fails there', propose([{ usage, replacement }], [fact('node1')], api)],
    [
      'the mirror has another name there',
      propose([{ usage, replacement: { ...replacement, mirror: 'other' } }], [fact('node1')]),
    ],
    [
      'one node of two cannot be told',
      propose([{ usage, replacement }], [fact('node1'), fact('node2', { settings: { registries: [] } })]),
    ],
    [
      'the copy is not there yet',
      propose([{ usage, replacement: { ...replacement, made: true } }], [fact('node1')]),
    ],
    [
      'a program reads the name, no kubelet',
      propose([{ usage: { ...usage, place: 'env' }, replacement }], [fact('node1')]),
    ],
  ])('not when %s', (_, found) => expect(found).toBeUndefined());

  test('a part of a registry serves that part alone', () => {
    const part: NodeSettings = {
      registries: [
        {
          registry: 'quay.io',
          mirrors: [{ name: 'harbor', server: 'https://harbor.corp', path: 'x', below: 'library' }],
        },
      ],
    };
    expect(propose([{ usage, replacement }], [fact('node1', { settings: part })])).toBeUndefined();
  });
});

test('one step a node, proved by every workload', () => {
  const first = propose([{ usage, replacement }], [fact('node1')]);
  const second = propose(
    [{ usage: { ...usage, object: api, name: 'api' }, replacement }],
    [fact('node1', {}, [api])],
    api,
  );
  if (first?.ok !== true || second?.ok !== true) throw new Error('nothing proposed');
  const [all = [], none] = oncePerNode([first.steps, second.steps]);
  expect(all[0]?.expect.map(({ container }) => container)).toEqual(['web', 'api']);
  expect(none).toEqual([]);
});

describe('what no object can be changed for', () => {
  const pause = { ...replacement, image: 'quay.io/acme/pause:3' };
  const left = {
    image: pause.image,
    object: { apiVersion: 'v1', kind: 'Node', name: 'node1' },
    usages: [],
    pods: 1,
    class: 'sandbox-image',
    reason: 'runtime-config',
  } as const satisfies Unmended;

  test('its node is told', () => {
    expect(forNobody([left], [pause], { nodeConfigs: [fact('node1')] })).toMatchObject({
      steps: [[{ node: 'node1', remedy: 'node-config' }]],
      left: [],
    });
  });

  test('it is left where nobody allowed it, or another reason holds', () => {
    expect(forNobody([left], [pause], {}).left).toEqual([left]);
    const managed = { ...left, reason: 'managed' as const };
    expect(forNobody([managed], [pause], { nodeConfigs: [fact('node1')] }).left).toEqual([managed]);
  });
});
