import { describe, expect, test } from 'vitest';
import { stepTools } from '../../../test/support/step-tools.ts';
import { sha256, type NodeShell } from '../../adapters/node/index.ts';
import { configDraft, type NodeState } from '../../core/node-config/index.ts';
import type { JsonObject, NodeConfigStep } from '../../core/model/index.ts';
import { applyStep, lookAt, vetStep, type StepTools } from '../index.ts';

const main = '/etc/containerd/config.toml';
const config =
  'version = 2\n[plugins."io.containerd.grpc.v1.cri".registry]\nconfig_path = "/etc/containerd/certs.d"\n';
const state: NodeState = {
  runtime: 'containerd',
  version: '1.6.20',
  main,
  files: [{ path: main, text: config }],
  folders: [],
};
const settings = {
  registries: [
    { registry: 'docker.io', mirrors: [{ name: 'm', server: 'https://harbor.corp', path: 'proxy' }] },
  ],
};
const [draft] = configDraft(state, settings).files;

function stepOf(more: Partial<NodeConfigStep> = {}): NodeConfigStep {
  return {
    id: 's1',
    kind: 'node-config',
    object: { apiVersion: 'v1', kind: 'Node', name: 'node1' },
    needs: [],
    expect: [],
    node: 'node1',
    settings,
    files: [{ path: draft?.path ?? '', after: sha256(draft?.after ?? ''), lines: [] }],
    folders: [],
    restart: 'none',
    ...more,
  };
}

/** A node whose shell only keeps what is sent to it. */
function nodeWith(seen: NodeState): { readonly tools: StepTools; readonly scripts: readonly string[] } {
  const scripts: string[] = [];
  const shell: NodeShell = {
    access: 'local',
    run: async (script) => {
      scripts.push(script);
      const [, mark = ''] = /mark=(\w+)/.exec(script) ?? [];
      const [end = ''] = /END\w+/.exec(script) ?? [];
      return { stdout: `${mark} done all\n\n${end}\n`, stderr: '', exit: 0 };
    },
    close: async () => {},
  };
  const runtime = { name: 'containerd', pid: '7', args: [], env: {}, hasCurl: true } as const;
  const tools = stepTools({
    onNode: async (_, work) => await work({ shell, runtime, read: async () => seen }),
  });
  return { tools, scripts };
}

async function apply(step: NodeConfigStep, seen = state, dryRun = false): Promise<readonly string[]> {
  const { tools, scripts } = nodeWith(seen);
  await applyStep(step, { ...tools, run: 'r-1', dryRun });
  return scripts;
}

describe('settings are written', () => {
  test('as they were planned, with the backup of the run', async () => {
    const [script = ''] = await apply(stepOf());
    expect(script).toContain("put '/etc/containerd/certs.d/docker.io/hosts.toml' - ");
    expect(script).toContain("run='r-1'");
  });

  test('not twice, and not in a dry run', async () => {
    const after = {
      ...state,
      files: [...state.files, { path: draft?.path ?? '', text: draft?.after ?? '' }],
      folders: ['/etc/containerd/certs.d/docker.io'],
    };
    expect(await apply(stepOf(), after)).toEqual([]);
    expect(await apply(stepOf(), state, true)).toEqual([]);
  });

  test('never where the file, or what would come of it, is another one', async () => {
    const changed = { code: 'PM_NODE_FILE_CHANGED', params: { node: 'node1', file: draft?.path } };
    await expect(
      apply(stepOf({ files: [{ path: draft?.path ?? '', after: sha256('else'), lines: [] }] })),
    ).rejects.toMatchObject(changed);
    await expect(
      apply(stepOf({ files: [{ path: '/etc/passwd', after: sha256(draft?.after ?? ''), lines: [] }] })),
    ).rejects.toMatchObject(changed);
  });

  test('never over a broken file', async () => {
    const broken = { ...state, files: [{ path: main, text: 'version = \n' }] };
    await expect(apply(stepOf(), broken)).rejects.toMatchObject({
      code: 'PM_NODE_FILE_BROKEN',
      params: { file: main, line: 1 },
    });
  });
});

describe('a plan that somebody edited', () => {
  const allowed = { images: new Set(['harbor.corp/a:1']), hosts: new Set(['harbor.corp']) };
  const foreign = {
    registries: [
      { registry: 'docker.io', mirrors: [{ name: 'm', server: 'https://evil.example', path: '' }] },
    ],
  };

  test.each<[string, NodeConfigStep, RegExp | undefined]>([
    ['as it was made', stepOf(), undefined],
    ['another mirror', stepOf({ settings: foreign }), /evil\.example/],
    [
      'another pause image',
      stepOf({ settings: { registries: [], pauseImage: 'evil.example/pause:1' } }),
      /evil\.example\/pause:1/,
    ],
    [
      'one on a configured mirror',
      stepOf({ settings: { registries: [], pauseImage: 'harbor.corp/pause:1' } }),
      undefined,
    ],
    ['another node', stepOf({ node: 'node2' }), /node2/],
  ])('%s', (_, step, expected) => {
    const found = vetStep(step, allowed);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(expected);
  });
});

describe('proved by the kubelet of the node', () => {
  const expected = { place: 'container', container: 'web', imageBefore: 'a:1', imageAfter: 'a:1' } as const;
  const pod = (state: JsonObject): JsonObject => ({
    spec: {
      containers: [
        { name: 'web', image: 'a:1' },
        { name: 'other', image: 'b:1' },
      ],
    },
    status: { containerStatuses: [{ name: 'web', imageID: '', state }] },
  });

  test.each<[string, readonly JsonObject[], string, number]>([
    ['it runs', [pod({ running: {} })], 'proved', 1],
    ['it still waits', [pod({ waiting: { reason: 'ImagePullBackOff', message: 'no' } })], 'failing', 0],
    ['no pod is there', [], 'failing', 0],
  ])('%s', async (_, pods, result, proved) => {
    const tools = stepTools({ list: async () => pods });
    expect(await lookAt(stepOf({ expect: [expected] }), tools)).toMatchObject({ result, proved });
  });
});
