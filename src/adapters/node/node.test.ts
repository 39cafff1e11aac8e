import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { parseReference } from '../../core/image/index.ts';
import { debugPod, imagesOn } from './pod.ts';
import { reachFromNode } from './reach.ts';
import type { NodeShell } from './shell.ts';
import { localShell } from './local.ts';
import { quoted } from './quoted.ts';
import { readRoute, type Runtime } from './survey.ts';

const hasCurl = (() => {
  try {
    execFileSync('curl', ['--version']);
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();

const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const repository = 'library/nginx';
const blob = `sha256:${'a'.repeat(64)}`;

let registry: FaultyRegistry;
let shell: NodeShell;
/** This process plays the runtime: its root and its names are what curl sees. */
const runtime: Runtime = { name: 'containerd', pid: String(process.pid), args: [], env: {}, hasCurl: true };

beforeEach(async () => {
  registry = await startFaultyRegistry();
  shell = localShell(new AbortController().signal);
});

afterEach(async () => {
  await shell.close();
  await registry.close();
});

async function reach(of = registry.authority, withBlob = true) {
  return await reachFromNode(shell, runtime, {
    reference: parseReference(`${of}/${repository}:1`),
    endpoint: { repository: `http://${of}/v2/${repository}`, mirror: true, namespace: 'docker.io' },
    ...(withBlob ? { blob } : {}),
  });
}

function results({ steps }: Awaited<ReturnType<typeof reach>>) {
  return steps.map(({ step, result }) => `${step} ${result}`);
}

describe.runIf(hasCurl)('a probe with the own curl of a node', () => {
  test('asks for a token, for the head of the manifest and for one byte of a blob, and pulls nothing', async () => {
    registry.fault = ({ method, url = '', headers }, response) => {
      if (url.startsWith('/token')) return answer(response, 200, {}, '{"token":"t\\"1"}');
      if (headers.authorization !== 'Bearer t"1') {
        const realm = `Bearer realm="http://${registry.authority}/token",service="s",scope="repository:${repository}:pull"`;
        return answer(response, 401, { 'www-authenticate': realm });
      }
      if (url.includes('/blobs/')) return answer(response, 206, {}, 'x');
      if (method === 'HEAD')
        return answer(response, 200, { 'content-type': manifestType, 'docker-content-digest': blob });
      return answer(response, 500);
    };
    const found = await reach();
    expect(results(found)).toEqual([
      'dns ok',
      'tcp ok',
      'auth ok',
      'manifest ok',
      'platform unknown',
      'blob ok',
    ]);
    expect(found).toMatchObject({ endpoint: `http://${registry.authority}`, mirror: true, digest: blob });
    expect(registry.seen.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)).toEqual([
      `HEAD /v2/${repository}/manifests/1`,
      'GET /token',
      `HEAD /v2/${repository}/manifests/1`,
      `GET /v2/${repository}/blobs/${blob}`,
    ]);
    expect(registry.seen[0]?.path).toContain('?ns=docker.io');
  });

  test.each([
    [404, 'manifest'],
    [403, 'auth'],
    [503, 'manifest'],
  ])('%i breaks at %s', async (status, step) => {
    registry.fault = (_request, response) => answer(response, status);
    expect((await reach()).breaksAt).toBe(step);
  });

  test('a web page is no manifest; 429 is told with its time', async () => {
    registry.fault = (_request, response) => answer(response, 200, { 'content-type': 'text/html' });
    expect(await reach()).toMatchObject({ breaksAt: 'manifest' });
    registry.fault = (_request, response) => answer(response, 429, { 'retry-after': '120' });
    expect(await reach()).toMatchObject({ breaksAt: 'manifest', outcome: 'rate-limited', retryAfter: 120 });
  });

  test('a redirect is followed, without the token at another host', async () => {
    const store = await startFaultyRegistry();
    store.fault = (_request, response) => answer(response, 200, { 'content-type': manifestType });
    registry.fault = ({ url = '', headers }, response) => {
      if (url.startsWith('/token')) return answer(response, 200, {}, '{"token":"secret"}');
      const realm = `Bearer realm="http://${registry.authority}/token"`;
      return headers.authorization === undefined
        ? answer(response, 401, { 'www-authenticate': realm })
        : answer(response, 307, { location: `http://${store.authority}/store` });
    };
    expect((await reach(registry.authority, false)).breaksAt).toBeUndefined();
    expect(store.seen).toMatchObject([{ path: '/store', authorization: undefined }]);
    await store.close();
  });

  test.each(['169.254.169.254', '[fd00:ec2::254]', '[::ffff:a9fe:a9fe]', '0xa9fea9fe'])(
    'nobody is sent to %s, for a token or by a redirect',
    async (host) => {
      const asked: string[] = [];
      const watched: NodeShell = {
        ...shell,
        run: async (script) => {
          asked.push(script);
          return await shell.run(script);
        },
      };
      const ask = async () =>
        await reachFromNode(watched, runtime, {
          reference: parseReference(`${registry.authority}/${repository}:1`),
          endpoint: { repository: `http://${registry.authority}/v2/${repository}`, mirror: true },
        });
      registry.fault = (_request, response) =>
        answer(response, 401, { 'www-authenticate': `Bearer realm="http://${host}/token"` });
      expect((await ask()).breaksAt).toBe('auth');
      registry.fault = (_request, response) => answer(response, 307, { location: `http://${host}/latest` });
      expect((await ask()).breaksAt).toBe('manifest');
      expect(asked).toHaveLength(2);
    },
  );

  test('a name that is not there, and a port that nobody listens on', async () => {
    expect((await reach('registry.invalid')).breaksAt).toBe('dns');
    expect((await reach('127.0.0.1:1')).breaksAt).toBe('tcp');
  });

  test('the runtime is read through its own root', async () => {
    const file = `/tmp/pullmend-${randomBytes(4).toString('hex')} it's.toml`;
    execFileSync('sh', [
      '-c',
      `printf '%s' '[plugins.cri.registry.mirrors."docker.io"]\nendpoint = ["https://m.corp"]' > ${quoted(file)}`,
    ]);
    try {
      const route = await readRoute(
        shell,
        { ...runtime, args: ['containerd', '--config', file] },
        parseReference('nginx'),
      );
      expect(route.files).toEqual([file]);
      expect(route.endpoints.map((one) => one.repository)).toEqual([
        'https://m.corp/v2/library/nginx',
        'https://registry-1.docker.io/v2/library/nginx',
      ]);
    } finally {
      execFileSync('rm', [file]);
    }
  });
});

describe('the debug pod', () => {
  const node = {
    metadata: { name: 'n1' },
    status: {
      nodeInfo: { architecture: 'amd64', osImage: 'Debian GNU/Linux 12' },
      images: [
        { names: ['quay.io/a/big@sha256:1', 'quay.io/a/big:1'], sizeBytes: 900 },
        { names: ['registry.k8s.io/pause:3.10'], sizeBytes: 7 },
        { names: ['quay.io/a/gone-tomorrow:1'], sizeBytes: 2 },
        { names: [], sizeBytes: 1 },
      ],
    },
  };

  test('is made from the image that stays, else from the smallest that is there, and pulls nothing', () => {
    expect(imagesOn(node)).toEqual([
      'registry.k8s.io/pause:3.10',
      'quay.io/a/gone-tomorrow:1',
      'quay.io/a/big:1',
    ]);
    expect(debugPod(node, 'registry.k8s.io/pause:3.10', 'p')).toMatchObject({
      metadata: { namespace: 'kube-system', labels: { 'pullmend.dev/node-access': 'true' } },
      spec: {
        nodeName: 'n1',
        activeDeadlineSeconds: 14_400,
        tolerations: [{ operator: 'Exists' }],
        containers: [
          {
            imagePullPolicy: 'Never',
            volumeMounts: expect.arrayContaining([{ name: 'lib64', mountPath: '/lib64', readOnly: true }]),
          },
        ],
      },
    });
  });

  test('mounts no folder that the node lacks', () => {
    const arm = { ...node, status: { ...node.status, nodeInfo: { architecture: 'arm64', osImage: 'x' } } };
    const alpine = {
      ...node,
      status: { ...node.status, nodeInfo: { architecture: 'amd64', osImage: 'Alpine Linux' } },
    };
    for (const one of [arm, alpine]) expect(JSON.stringify(debugPod(one, 'i', 'p'))).not.toContain('lib64');
  });
});
