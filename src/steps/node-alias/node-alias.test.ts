import { describe, expect, test } from 'vitest';
import { containerd, ctrNode, type NodeImages } from '../../../test/support/ctr-node.ts';
import { stepTools } from '../../../test/support/step-tools.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { JsonObject, NodeAliasStep, Receipt } from '../../core/model/index.ts';
import { applyStep, lookAt, rightsOf, undoStep, vetStep, type StepTools } from '../index.ts';
import { preview } from './preview.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const source = 'harbor.corp/proxy/library/db:1';
const name = 'docker.io/library/db:1';
const web = { apiVersion: 'apps/v1', kind: 'DaemonSet', namespace: 'shop', name: 'web', uid: 'u-1' };
const daemonSet: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'web', namespace: 'shop', uid: 'u-1' },
  status: { numberReady: 2 },
};

function stepOf(more: Partial<NodeAliasStep> = {}): NodeAliasStep {
  return {
    id: 's1',
    kind: 'node-alias',
    object: web,
    needs: [],
    expect: [{ place: 'container', container: 'db', imageBefore: 'db:1', imageAfter: 'db:1' }],
    nodes: ['node1', 'node2'],
    aliases: [{ source, names: [name], digest }],
    ...more,
  };
}

/** Nodes by name; one without images cannot be entered. */
function nodesWith(nodes: Readonly<Record<string, NodeImages>>, pulls: Readonly<Record<string, string>>) {
  const entered: string[] = [];
  const tools: StepTools = stepTools({
    onNode: async (node, work) => {
      entered.push(node);
      const images = nodes[node];
      if (images === undefined) throw new PullmendError('PM_NODE_NOT_ENTERED', { node, reason: 'ssh: no' });
      const options = pulls[node] === undefined ? {} : { pulls: pulls[node] };
      const { shell } = ctrNode(images, options);
      return await work({ shell, runtime: containerd, read: async () => await Promise.reject(new Error()) });
    },
  });
  return {
    tools: { ...tools, api: { ...tools.api, get: async () => await Promise.resolve(daemonSet) } },
    entered,
  };
}

const both = { node1: digest, node2: digest };

describe('names on nodes are given', () => {
  test('on all of them, and who the object was is kept', async () => {
    const nodes = { node1: {}, node2: {} };
    const { tools } = nodesWith(nodes, both);
    expect(await applyStep(stepOf(), { ...tools, run: 'r-1', dryRun: false })).toEqual({
      uid: 'u-1',
      ready: 2,
    });
    expect(Object.values(nodes).map((images) => Object.keys(images))).toEqual([
      [source, name],
      [source, name],
    ]);
  });

  test('on none, when one cannot have them: what was named before keeps no name of ours', async () => {
    const mine = { 'quay.io/mine:1': { digest: other } };
    const nodes = { node1: { ...mine }, node2: {} };
    const { tools } = nodesWith(nodes, { node1: digest, node2: other });
    await expect(applyStep(stepOf(), { ...tools, run: 'r-1', dryRun: false })).rejects.toMatchObject({
      code: 'PM_NODE_ALIAS_FAILED',
      params: { node: 'node2', why: 'differs', name: source, detail: other },
    });
    expect(nodes).toEqual({ node1: mine, node2: {} });
  });

  test('on none, when one cannot pull: the node and its own words are told', async () => {
    const nodes = { node1: {}, node2: {} };
    const { tools } = nodesWith(nodes, { node1: digest });
    await expect(applyStep(stepOf(), { ...tools, run: 'r-1', dryRun: false })).rejects.toMatchObject({
      params: { node: 'node2', why: 'pull', detail: 'ctr: no such host' },
    });
    expect(nodes).toEqual({ node1: {}, node2: {} });
  });

  test('in a dry run nowhere, but all nodes are entered', async () => {
    const nodes = { node1: {}, node2: {} };
    const { tools, entered } = nodesWith(nodes, both);
    await applyStep(stepOf(), { ...tools, run: 'r-1', dryRun: true });
    expect(entered).toEqual(['node1', 'node2']);
    expect(nodes).toEqual({ node1: {}, node2: {} });
    const halfway = nodesWith({ node1: {} }, both);
    await expect(applyStep(stepOf(), { ...halfway.tools, run: 'r-1', dryRun: true })).rejects.toMatchObject({
      code: 'PM_NODE_NOT_ENTERED',
    });
    // Nothing was named, so nothing is to be taken away.
    expect(halfway.entered).toEqual(['node1', 'node2']);
  });

  test('not any more once the run was stopped', async () => {
    const nodes = { node1: {}, node2: {} };
    const { tools } = nodesWith(nodes, both);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(applyStep(stepOf(), { ...tools, signal, run: 'r-1', dryRun: false })).rejects.toThrow(
      'stopped',
    );
    expect(nodes).toEqual({ node1: {}, node2: {} });
  });
});

/** Nobody else uses what is taken away. */
const alone = { stillNeeded: false, reopen: async () => await Promise.resolve() };

describe('names on nodes are taken away', () => {
  const receipt: Receipt = { step: stepOf(), state: 'applied', at: '2026-01-01T00:00:00Z' };
  const ours = { digest, labels: 'pullmend.dev/run=r-1' };
  const outcomes = async (nodes: Readonly<Record<string, NodeImages>>, dryRun = false) => {
    const { tools, entered } = nodesWith(nodes, {});
    const all = await undoStep(receipt, { ...tools, run: 'r-1', dryRun, ...alone });
    return { entered, told: all.map(({ outcome, path, detail }) => [outcome, path, detail]) };
  };

  test('where they carry the mark of the run, the copy in silence', async () => {
    const nodes = { node1: { [source]: ours, [name]: ours }, node2: { [name]: { digest } } };
    expect((await outcomes(nodes)).told).toEqual([
      ['restored', `node1:${name}`, undefined],
      ['already', `node2:${name}`, undefined],
    ]);
    expect(nodes).toEqual({ node1: {}, node2: { [name]: { digest } } });
  });

  test('from the other nodes when one cannot be entered', async () => {
    const nodes = { node2: { [name]: ours } };
    expect((await outcomes(nodes)).told).toEqual([
      ['failed', 'node1', expect.stringContaining('node1')],
      ['restored', `node2:${name}`, undefined],
    ]);
    expect(nodes).toEqual({ node2: {} });
  });

  test('in a dry run from none, and none is entered', async () => {
    const nodes = { node1: { [name]: ours }, node2: { [name]: ours } };
    const { told, entered } = await outcomes(nodes, true);
    expect(told.map(([outcome]) => outcome)).toEqual(['restored', 'restored']);
    expect(entered).toEqual([]);
    expect(Object.keys(nodes.node1)).toEqual([name]);
  });
});

describe('a plan that somebody edited', () => {
  const allowed = { images: new Set([source]), hosts: new Set(['harbor.corp']) };

  test('is as it was made', () => {
    expect(vetStep(stepOf(), allowed)).toBeUndefined();
  });

  test('without pods names what its replacements stand for', () => {
    const step = stepOf({ expect: [] });
    expect(vetStep(step, { ...allowed, originals: new Set([name]) })).toBeUndefined();
    expect(vetStep(step, { ...allowed, originals: new Set([source]) })).toMatch(/db:1/);
    expect(vetStep(step, allowed)).toMatch(/db:1/);
  });

  test('names no other copy, and no other image', () => {
    const aliases = (from: string, ...names: string[]) => stepOf({ aliases: [{ source: from, names }] });
    expect(vetStep(aliases('evil.example/db:1', name), allowed)).toMatch(/evil\.example/);
    expect(vetStep(aliases(source, name, 'docker.io/library/other:1'), allowed)).toMatch(/other:1/);
  });
});

test('what is shown: each name on each node, and where it comes from', () => {
  const { action, changes, diff, waits } = preview(stepOf());
  expect(action).toEqual({
    does: 'name-on-nodes',
    nodes: ['node1', 'node2'],
    sources: [source],
    names: [name],
  });
  expect({ changes, waits }).toEqual({ changes: 2, waits: true });
  expect(diff).toEqual([
    { shows: 'lines', path: `node1:${name}`, lines: [`+${source}`] },
    { shows: 'lines', path: `node2:${name}`, lines: [`+${source}`] },
  ]);
});

test('rights: nodes are looked up, and the pods of the object; it is not changed', () => {
  expect(rightsOf(stepOf())).toEqual([
    { verb: 'get', resource: 'nodes' },
    { verb: 'get', resource: 'daemonsets.apps', namespace: 'shop' },
    { verb: 'list', resource: 'pods', namespace: 'shop' },
  ]);
});

test('an object that is gone proves nothing', async () => {
  const { tools } = nodesWith({}, {});
  const gone = async () =>
    await Promise.reject(new PullmendError('PM_NOT_FOUND', { object: 'DaemonSet shop/web' }));
  expect(await lookAt(stepOf(), { ...tools, api: { ...tools.api, get: gone } })).toMatchObject({
    result: 'failing',
    final: 'now',
    reason: 'gone',
    proved: 0,
  });
});
