import { expect, test } from 'vitest';
import { stepTools } from '../../../test/support/step-tools.ts';
import { NodeAccessError, type NodeShell } from '../../adapters/node/index.ts';
import type { ImageRepository } from '../../adapters/oci/index.ts';
import { digestOf, mediaType } from '../../core/image/index.ts';
import type { NodeLoadStep } from '../../core/model/index.ts';
import { applyStep } from '../index.ts';

const config = Buffer.from('{"architecture":"amd64","os":"linux","rootfs":{"diff_ids":[]}}');
const manifest = Buffer.from(
  JSON.stringify({
    schemaVersion: 2,
    config: { mediaType: mediaType.ociConfig, digest: digestOf(config), size: config.length },
    layers: [],
  }),
);
const digest = digestOf(manifest);

const step: NodeLoadStep = {
  id: 's1',
  kind: 'node-load',
  object: { apiVersion: 'v1', kind: 'Node', name: 'node1' },
  needs: [],
  expect: [],
  source: 'quay.io/a/web:1',
  names: ['quay.io/a/web:1'],
  digest,
  nodes: [{ name: 'node1', platform: 'linux/amd64', bytes: 9, access: 'local' }],
};

test('a node whose runtime does not answer is told by its name, and nothing is named', async () => {
  const scripts: string[] = [];
  const shell: NodeShell = {
    access: 'local',
    close: async () => {},
    run: async (script) => {
      scripts.push(script);
      return await Promise.reject(new NodeAccessError('failed', 'containerd has no socket'));
    },
  };
  const runtime = { name: 'containerd', pid: '7', args: [], env: {}, hasCurl: true } as const;
  const repository = {
    getManifest: async () => ({
      digest,
      mediaType: mediaType.ociManifest,
      bytes: manifest,
      manifest: {
        kind: 'image',
        mediaType: mediaType.ociManifest,
        config: { mediaType: mediaType.ociConfig, digest: digestOf(config), size: config.length },
        layers: [],
      },
    }),
    readBlob: async function* () {
      yield config;
    },
  } as unknown as ImageRepository;
  const tools = stepTools({
    withImage: async (_, work) => await work(repository, digest),
    onNode: async (_, work) =>
      await work({ shell, runtime, read: async () => await Promise.reject(new Error('not read')) }),
  });
  await expect(applyStep(step, { ...tools, run: 'r-1', dryRun: false })).rejects.toMatchObject({
    code: 'PM_NODE_NOT_ENTERED',
    params: { node: 'node1', reason: 'containerd has no socket' },
  });
  expect(scripts).toHaveLength(1);
});
