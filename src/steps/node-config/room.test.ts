import { describe, expect, test } from 'vitest';
import { containerd } from '../../../test/support/ctr-node.ts';
import { stepTools } from '../../../test/support/step-tools.ts';
import type { NodeShell } from '../../adapters/node/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { JsonObject, NodeConfigStep, ObjectRef, Receipt } from '../../core/model/index.ts';
import { lookAt, rightsOf, undoStep, type StepTools } from '../index.ts';
import { nudge } from './nudge.ts';
import { preview } from './preview.ts';

const main = '/etc/containerd/config.toml';
const hosts = '/etc/containerd/certs.d/docker.io/hosts.toml';
const [before, after] = ['a'.repeat(64), 'b'.repeat(64)];
const db = { place: 'container', container: 'db', imageBefore: 'db:1', imageAfter: 'db:1' } as const;

function stepOf(more: Partial<NodeConfigStep> = {}): NodeConfigStep {
  return {
    id: 's1',
    kind: 'node-config',
    object: { apiVersion: 'v1', kind: 'Node', name: 'node1' },
    needs: [],
    expect: [db],
    node: 'node1',
    settings: {
      registries: [
        { registry: 'docker.io', mirrors: [{ name: 'own', server: 'https://harbor.corp', path: '' }] },
        { registry: 'quay.io', mirrors: [{ name: 'own', server: 'https://harbor.corp', path: '' }] },
      ],
    },
    files: [
      { path: main, before, after, lines: ['+x'] },
      { path: hosts, after, lines: ['+y'] },
    ],
    folders: ['/etc/containerd/certs.d/docker.io'],
    restart: 'none',
    ...more,
  };
}

/** Nobody else uses what is taken away. */
const alone = { stillNeeded: false, reopen: async () => await Promise.resolve() };

describe('undo', () => {
  /** A node that says of each file what became of it, and of a restart how it ended. */
  async function takenBack(
    step: NodeConfigStep,
    said: Readonly<Record<string, string>>,
    { dryRun = false, restarts = 'ok' } = {},
  ) {
    const done: string[] = [];
    const shell: NodeShell = {
      access: 'local',
      close: async () => {},
      run: async (script) => {
        const answer = (stdout: string) => Promise.resolve({ stdout, stderr: '', exit: 0 });
        if (script.startsWith('kill -HUP')) {
          done.push('reload');
          return await answer('');
        }
        if (script.startsWith('setsid')) done.push('restart');
        if (script.includes('pullmend-restart-')) return await answer(`${restarts}\n`);
        const [, mark = '', dry = ''] = /mark=(\w+) run='r-1' dry=(\w+)/.exec(script) ?? [];
        const [end = ''] = /END\w+/.exec(script) ?? [];
        done.push(dry === 'yes' ? 'look' : 'put back');
        const lines = Object.entries(said).map(([path, what]) => `${mark} ${what} ${path}`);
        return await answer(`${lines.join('\n')}\n\n${end}\n`);
      },
    };
    const tools: StepTools = stepTools({
      onNode: async (_, work) => await work({ shell, runtime: containerd, read: async () => await never() }),
    });
    const receipt: Receipt = { step, state: 'applied', at: '2026-01-01T00:00:00Z' };
    const outcomes = await undoStep(receipt, { ...tools, run: 'r-1', dryRun, ...alone });
    return { done, told: outcomes.map(({ outcome, path, detail }) => [outcome, path, detail]) };
  }

  const never = async (): Promise<never> => await Promise.reject(new Error('nothing asks for this'));
  const both = { [main]: 'restored', [hosts]: 'restored' };

  test('puts files back, and nothing starts anew where nothing had to', async () => {
    expect(await takenBack(stepOf(), both)).toEqual({
      done: ['put back'],
      told: [
        ['restored', `node1:${main}`, undefined],
        ['restored', `node1:${hosts}`, undefined],
      ],
    });
  });

  test('lets the service read them, as it had to before', async () => {
    expect((await takenBack(stepOf({ restart: 'reload' }), both)).done).toEqual(['put back', 'reload']);
    expect((await takenBack(stepOf({ restart: 'restart' }), both)).done).toEqual(['put back', 'restart']);
  });

  test('tells when the service is not well after it', async () => {
    const { told } = await takenBack(stepOf({ restart: 'restart' }), both, { restarts: 'failed no unit' });
    expect(told).toEqual([
      ['failed', `node1:${main}`, 'no unit'],
      ['failed', `node1:${hosts}`, 'no unit'],
    ]);
  });

  test('leaves what is another file by now, and says what it cannot put back', async () => {
    const said = { [main]: 'changed-since', [hosts]: 'no-backup' };
    expect(await takenBack(stepOf({ restart: 'restart' }), said)).toEqual({
      done: ['put back'],
      told: [
        ['changed-since', `node1:${main}`, undefined],
        ['failed', `node1:${hosts}`, 'its backup is gone'],
      ],
    });
    expect((await takenBack(stepOf(), { [main]: 'already' })).told).toEqual([
      ['already', `node1:${main}`, undefined],
      ['failed', `node1:${hosts}`, 'the node told nothing'],
    ]);
  });

  test('in a dry run only looks', async () => {
    const { done, told } = await takenBack(stepOf({ restart: 'restart' }), both, { dryRun: true });
    expect(done).toEqual(['look']);
    expect(told.map(([outcome]) => outcome)).toEqual(['restored', 'restored']);
  });
});

/** A pod of a DaemonSet whose container waits for its image, with differences. */
function pod(
  name: string,
  more: { metadata?: JsonObject; status?: JsonObject; spec?: JsonObject } = {},
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: 'shop',
      name,
      uid: `uid-${name}`,
      ownerReferences: [{ kind: 'DaemonSet', name: 'web', controller: true }],
      ...more.metadata,
    },
    spec: { containers: [{ name: 'db', image: 'db:1' }], ...more.spec },
    status: {
      containerStatuses: [
        { name: 'db', imageID: '', restartCount: 0, state: { waiting: { reason: 'ImagePullBackOff' } } },
      ],
      ...more.status,
    },
  };
}

const waiting = (reason: string, restartCount = 0, name = 'db'): JsonObject => ({
  name,
  imageID: '',
  restartCount,
  state: { waiting: { reason } },
});

describe('pods try again at once', () => {
  async function nudged(pods: readonly JsonObject[], step = stepOf(), refuses?: Error) {
    const gone: string[] = [];
    const asked: unknown[] = [];
    const remove = async (ref: ObjectRef, options?: { readonly uid?: string }) => {
      if (refuses !== undefined) throw refuses;
      gone.push(`${ref.name} ${options?.uid ?? ''}`);
      return await Promise.resolve(undefined as never);
    };
    const tools = stepTools({
      list: async (kind, where) => {
        asked.push([kind, where]);
        return await Promise.resolve(pods);
      },
    });
    const api = { ...tools.api, delete: remove as StepTools['api']['delete'] };
    await nudge(step, { ...tools, api, run: 'r-1', dryRun: false });
    return { gone, asked };
  }

  test('those that wait for the image, and that a controller makes anew on this node', async () => {
    const replicaSet = { kind: 'ReplicaSet', name: 'web', controller: true };
    const { gone, asked } = await nudged([
      pod('web-1'),
      pod('elsewhere', { metadata: { ownerReferences: [replicaSet] } }),
      pod('bound', {
        metadata: { ownerReferences: [replicaSet] },
        spec: {
          nodeSelector: { 'kubernetes.io/hostname': 'node1' },
          containers: [{ name: 'db', image: 'db:1' }],
        },
      }),
      pod('bare', { metadata: { ownerReferences: [] } }),
      pod('mirror', { metadata: { ownerReferences: [{ kind: 'Node', name: 'node1', controller: true }] } }),
      pod('owned', { metadata: { ownerReferences: [{ kind: 'Shop', name: 'main' }] } }),
      pod('going', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      pod('crashes', { status: { containerStatuses: [waiting('CrashLoopBackOff', 1)] } }),
      pod('ran-before', { status: { containerStatuses: [waiting('ImagePullBackOff', 2)] } }),
      pod('half', {
        spec: {
          containers: [
            { name: 'db', image: 'db:1' },
            { name: 'web', image: 'web:1' },
          ],
        },
        status: {
          containerStatuses: [
            waiting('ErrImagePull'),
            { name: 'web', restartCount: 0, state: { running: {} } },
          ],
        },
      }),
      pod('other-image', { spec: { containers: [{ name: 'db', image: 'other:1' }] } }),
      pod('starts', { status: { containerStatuses: [waiting('ContainerCreating')] } }),
      pod('init', {
        spec: { initContainers: [{ name: 'db', image: 'db:1' }], containers: [] },
        status: { initContainerStatuses: [waiting('ErrImagePull')], containerStatuses: [] },
      }),
    ]);
    expect(gone).toEqual(['web-1 uid-web-1', 'bound uid-bound', 'init uid-init']);
    expect(asked).toEqual([['Pod', { fieldSelector: 'spec.nodeName=node1' }]]);
  });

  test('and nobody is asked where no image is waited for', async () => {
    expect(await nudged([pod('web-1')], stepOf({ expect: [] }))).toEqual({ gone: [], asked: [] });
  });

  test('whoever may not delete pods waits; anything else is an error', async () => {
    const forbidden = new PullmendError('PM_MISSING_PERMISSIONS', { missing: 'delete pods', grant: '' });
    expect((await nudged([pod('web-1')], stepOf(), forbidden)).gone).toEqual([]);
    await expect(nudged([pod('web-1')], stepOf(), new TypeError('a defect'))).rejects.toThrow('a defect');
  });
});

describe('the kubelet of the node', () => {
  async function look(...pods: readonly JsonObject[]) {
    return await lookAt(stepOf(), stepTools({ list: async () => await Promise.resolve(pods) }));
  }
  const ran = {
    containerStatuses: [{ name: 'db', imageID: 'sha256:1', restartCount: 0, state: { running: {} } }],
  };

  test('has the images when no container waits for one', async () => {
    expect(await look(pod('a', { status: ran }), pod('b', { status: ran }))).toEqual({
      result: 'proved',
      final: 'now',
      proved: 2,
      expected: 2,
    });
  });

  test('lacks one while one container waits; another reason than the pull is none once there is an image', async () => {
    const crashes = { containerStatuses: [{ ...waiting('CrashLoopBackOff'), imageID: 'sha256:1' }] };
    expect(await look(pod('a', { status: crashes }))).toMatchObject({ result: 'proved' });
    expect(await look(pod('a', { status: ran }), pod('b'))).toEqual({
      result: 'failing',
      final: 'no',
      proved: 1,
      expected: 2,
      detail: 'ImagePullBackOff: ',
    });
    expect(await look(pod('a', { status: { containerStatuses: [] } }))).toMatchObject({
      result: 'failing',
      detail: 'no status yet',
    });
  });

  test('a pod that goes away proves nothing', async () => {
    const going = pod('a', { status: ran, metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    expect(await look(going)).toMatchObject({ result: 'failing', proved: 0 });
  });

  test('without a pod that uses one nothing is proved', async () => {
    const other = pod('a', { spec: { containers: [{ name: 'db', image: 'other:1' }] } });
    expect(await look(other)).toEqual({ result: 'failing', final: 'no', proved: 0, expected: 1 });
  });
});

test('what is shown: the node, its files, each mirror once, and whether it starts anew', () => {
  const shown = preview(stepOf({ restart: 'restart' }));
  expect(shown.action).toEqual({
    does: 'node-files',
    node: 'node1',
    files: [main, hosts],
    mirrors: ['own'],
    restart: 'restart',
  });
  expect(shown.diff).toEqual([
    { shows: 'lines', path: `node1:${main}`, lines: ['+x'] },
    { shows: 'lines', path: `node1:${hosts}`, lines: ['+y'] },
  ]);
  expect([shown.changes, shown.waits]).toEqual([2, true]);
  expect(preview(stepOf({ expect: [] })).waits).toBe(false);
});

test('rights: the node is looked up; how it is entered says itself what it lacks', () => {
  expect(rightsOf(stepOf())).toEqual([{ verb: 'get', resource: 'nodes' }]);
});
