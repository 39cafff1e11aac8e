import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../../adapters/kube/index.ts';
import { objectName } from '../../../core/model/index.ts';
import { imagesOfRelease } from './release-images.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-release-'));
  api = await startApiServer();
  kube = await connectKube({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
  });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

function manifest(tag: string): string {
  return `---
# Source: web/templates/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers:
        - { name: c, image: "quay.io/acme/web:${tag}" }
---
# Source: web/crds/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: x.acme.io }
---
# Source: web/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data:
  helper.yaml: |
    image: acme/helper:1
`;
}

const hook = {
  name: 'web-migrate',
  kind: 'Job',
  path: 'web/templates/migrate.yaml',
  manifest: `apiVersion: batch/v1
kind: Job
metadata: { name: web-migrate }
spec: { template: { spec: { containers: [{ name: m, image: acme/migrate:1 }] } } }
`,
};

/** Stores a revision as Helm's drivers do (pkg/storage/driver/util.go, secrets.go, cfgmaps.go). */
function store(version: number, status: string, kind: 'Secret' | 'ConfigMap' = 'Secret'): void {
  const release = {
    name: 'web',
    namespace: 'shop',
    version,
    info: { status },
    manifest: manifest(`v${version}`),
    hooks: [hook],
  };
  const encoded = gzipSync(JSON.stringify(release)).toString('base64');
  put(kind, version, status, kind === 'Secret' ? Buffer.from(encoded).toString('base64') : encoded);
}

function put(kind: string, version: number, status: string, release: string): void {
  api.put({
    apiVersion: 'v1',
    kind,
    metadata: {
      namespace: 'shop',
      name: `sh.helm.release.v1.web.v${version}`,
      labels: { owner: 'helm', name: 'web', version: String(version), status },
    },
    data: { release },
  });
}

test.each(['Secret', 'ConfigMap'] as const)(
  'the deployed revision, with its hooks, from a %s',
  async (kind) => {
    store(9, 'superseded', kind);
    store(10, 'deployed', kind);
    store(11, 'failed', kind);
    const { groups } = await imagesOfRelease(kube, 'web', {});
    expect(
      groups.flatMap(({ template, usages }) =>
        usages.map(({ object, place, image, path }) => [template, objectName(object), place, image, path]),
      ),
    ).toEqual([
      [
        'web/templates/deployment.yaml',
        'Deployment/web',
        'container',
        'quay.io/acme/web:v10',
        '/spec/template/spec/containers/0/image',
      ],
      ['web/templates/config.yaml', 'ConfigMap/web', 'configMapYaml', 'acme/helper:1', '/data/helper.yaml'],
      [
        'web/templates/migrate.yaml',
        'Job/web-migrate',
        'container',
        'acme/migrate:1',
        '/spec/template/spec/containers/0/image',
      ],
    ]);
  },
);

test('no such release: those that are there are named', async () => {
  store(1, 'deployed');
  await expect(imagesOfRelease(kube, 'wbe', {})).rejects.toMatchObject({
    code: 'PM_RELEASE_NOT_FOUND',
    params: { name: 'wbe', namespace: 'shop', known: ['web'] },
  });
});

function twice(bytes: Buffer): string {
  return Buffer.from(bytes.toString('base64')).toString('base64');
}

test.each([
  ['no base64 of gzip', twice(Buffer.from([0x1f, 0x8b, 1, 2, 3])), /not base64 of gzip of JSON/],
  ['no JSON', twice(gzipSync('release')), /not base64 of gzip of JSON/],
  ['no object', twice(gzipSync('[]')), /holds no release/],
  ['a gzip bomb', twice(gzipSync(Buffer.alloc(65 * 1024 * 1024))), /more than 64 MiB/],
])('a broken release: %s', async (_, stored, reason) => {
  put('Secret', 1, 'deployed', stored);
  const failing = imagesOfRelease(kube, 'web', {});
  await expect(failing).rejects.toMatchObject({ code: 'PM_RELEASE_BROKEN' });
  await expect(failing).rejects.toThrow(reason);
});
