import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { normaliseImage } from '../../image/index.ts';
import { imagesOfInstaller } from './index.ts';

const corpus = fileURLToPath(
  new URL('../../../../../shared/corpus/manifests/kubesphere-cluster-configuration-v3.4.1', import.meta.url),
);

const everything = {
  common: {
    redis: { enabled: true, enableHA: true },
    opensearch: { enabled: true, dashboard: { enabled: true } },
  },
  metrics_server: { enabled: true },
  logging: { enabled: true, logsidecar: { enabled: true } },
  events: { enabled: true, ruler: { enabled: true } },
  auditing: { enabled: true },
  alerting: { enabled: true },
  devops: { enabled: true },
  servicemesh: { enabled: true },
  openpitrix: { store: { enabled: true } },
  multicluster: { clusterRole: 'host' },
  network: { topology: { type: 'weave-scope' } },
  edgeruntime: { enabled: true, kubeedge: { enabled: true } },
  gatekeeper: { enabled: true },
  monitoring: { grafana: { enabled: true } },
};

describe('imagesOfInstaller', () => {
  test('a bare configuration brings the core and monitoring only', () => {
    const { images } = imagesOfInstaller('cc.yaml', {}, { version: 'v3.4.1' });
    expect(new Set(images.map((it) => it.component))).toEqual(new Set(['core', 'monitoring']));
    expect(images.map((it) => it.image)).toContain('docker.io/kubesphere/ks-apiserver:v3.4.1');
    expect(images.map((it) => it.image)).toContain('docker.io/prom/prometheus:v2.39.1');
  });

  test('tags are those of the version', () => {
    const of = (version: string) =>
      imagesOfInstaller('cc.yaml', everything, { version }).images.map((it) => it.image);
    expect(of('v3.3.2')).toContain('docker.io/kubesphere/devops-apiserver:ks-v3.3.2');
    expect(of('v3.3.1')).toContain('docker.io/kubesphere/devops-apiserver:v3.3.1');
    expect(of('v3.3.0')).toContain('docker.io/kubeedge/iptables-manager:v1.9.2');
    expect(of('v3.4.0')).toContain('docker.io/kubesphere/iptables-manager:v1.13.0');
    expect(of('v3.4.0')).not.toContain('docker.io/kubeedge/iptables-manager:v1.9.2');
    expect(of('v3.3.2')).toContain('docker.io/kubesphere/elasticsearch-oss:6.8.22');
  });

  test('kubectl follows the version of the cluster', () => {
    const of = (kubernetes: string) =>
      imagesOfInstaller('cc.yaml', {}, { version: 'v3.4.1', kubernetes }).images.map((it) => it.image);
    expect(of('v1.19.16')).toContain('docker.io/kubesphere/kubectl:v1.19.1');
    expect(of('v1.28.0')).toContain('docker.io/kubesphere/kubectl:v1.22.0');
  });

  test('busybox of OpenSearch is moved by no setting', () => {
    const { images, notes } = imagesOfInstaller(
      'cc.yaml',
      { ...everything, local_registry: 'harbor.example/proxy' },
      { version: 'v3.4.1' },
    );
    const busybox = images.find((it) => it.original === 'docker.io/library/busybox:latest');
    expect(busybox).toMatchObject({ image: 'docker.io/library/busybox:latest', fixed: true });
    expect(notes.find((it) => it.note === 'fixed-images')?.value).toContain('busybox:latest');
  });

  test('zone: cn beats local_registry, and says so', () => {
    const { images, notes } = imagesOfInstaller(
      'cc.yaml',
      { zone: 'cn', local_registry: 'harbor.example' },
      { version: 'v3.3.2' },
    );
    expect(images[0]?.image).toBe('registry.cn-beijing.aliyuncs.com/kubesphereio/ks-apiserver:v3.3.2');
    expect(notes.map((it) => it.note)).toContain('zone-beats-registry');
  });

  test.each([
    ['v3.4.2', 'v3.4.1'],
    ['v3.2.1', 'v3.3.0'],
    ['', 'v3.4.1'],
  ])('an unknown version %j names the nearest', (version, nearest) => {
    expect(() => imagesOfInstaller('cc.yaml', {}, { version })).toThrow(
      expect.objectContaining({
        code: 'PM_INSTALLER_UNKNOWN',
        params: expect.objectContaining({ version, nearest }),
      }),
    );
  });

  test.skipIf(!existsSync(corpus))('every name under every setting, as the corpus has it', () => {
    const text = readFileSync(`${corpus}/ks-images-v3.4.1.json`, 'utf8');
    const { images: expected } = JSON.parse(text) as {
      readonly images: readonly { readonly result: Readonly<Record<string, string>> }[];
    };
    const named = new Map(expected.map(({ result }) => [normaliseImage(result['default'] ?? ''), result]));
    const settings = {
      default: {},
      'zone=cn': { zone: 'cn' },
      'local_registry=harbor.example.com': { local_registry: 'harbor.example.com' },
      'local_registry=harbor.example.com/library': { local_registry: 'harbor.example.com/library' },
      'local_registry=harbor.example.com/proxy': { local_registry: 'harbor.example.com/proxy' },
      'local_registry=harbor.example.com,namespace_override=mirror': {
        local_registry: 'harbor.example.com',
        namespace_override: 'mirror',
      },
    };
    for (const [setting, spec] of Object.entries(settings)) {
      const found = imagesOfInstaller('cc.yaml', { ...everything, ...spec }, { version: 'v3.4.1' });
      const compared = found.images.filter((it) => !it.fixed && !it.original.includes('/kubectl:'));
      expect(compared.length).toBeGreaterThan(95);
      for (const { image, original } of compared) {
        expect(image, original).toBe(normaliseImage(named.get(original)?.[setting] ?? ''));
      }
    }
  });
});
