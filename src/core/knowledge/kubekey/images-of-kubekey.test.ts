import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { normaliseImage } from '../../image/index.ts';
import { imagesOfKubekey } from './index.ts';

const corpus = fileURLToPath(
  new URL('../../../../../shared/corpus/manifests/kubekey-config-v3.1.1', import.meta.url),
);
const run = { version: 'v3.1.12', zoneCn: false, withKubeSphere: false };

function names(spec: Parameters<typeof imagesOfKubekey>[1], options = {}): readonly string[] {
  return imagesOfKubekey('config.yaml', spec, { ...run, ...options }).images.map((it) => it.image);
}

describe('imagesOfKubekey', () => {
  test('Kubernetes decides on pause and CoreDNS', () => {
    const of = (version: string, containerManager = 'docker') =>
      names({ kubernetes: { version, containerManager } });
    expect(of('v1.20.4')).toContain('docker.io/kubesphere/pause:3.2');
    expect(of('v1.20.4', 'containerd')).toContain('docker.io/kubesphere/pause:3.4.1');
    expect(of('v1.24.1')).toContain('docker.io/coredns/coredns:1.8.6');
    expect(of('v1.30.0')).toContain('docker.io/kubesphere/pause:3.9');
  });

  test('KubeKey decides on etcd and Calico', () => {
    const spec = { etcd: { type: 'kubeadm' } };
    expect(names(spec)).toContain('docker.io/kubesphere/etcd:v3.5.24');
    expect(names(spec, { version: 'v3.1.1' })).toContain('docker.io/kubesphere/etcd:v3.5.13');
    expect(names(spec, { version: 'v3.1.1' })).toContain('docker.io/calico/node:v3.27.3');
    expect(names({ network: { plugin: 'flannel' } }).join()).not.toContain('calico');
  });

  test('a private registry switches KKZONE=cn off', () => {
    const registry = { privateRegistry: 'harbor.example/proxy' };
    const { images, notes } = imagesOfKubekey('c.yaml', { registry }, { ...run, zoneCn: true });
    expect(images[0]?.image).toBe('harbor.example/proxy/kubesphere/pause:3.6');
    expect(notes.map((it) => it.note)).toContain('kk-zone-needs-no-registry');
  });

  test('namespaceRewrite is read since v3.1.8, and not with namespaceOverride', () => {
    const rewrite = { namespaceRewrite: { policy: 'changePrefix', src: ['kubesphere'], dest: 'mine' } };
    const registry = { privateRegistry: 'r.example', ...rewrite };
    expect(names({ registry })).toContain('r.example/mine/pause:3.6');
    expect(names({ registry })).toContain('r.example/mine/calico/node:v3.27.4');
    expect(names({ registry }, { version: 'v3.1.7' })).toContain('r.example/kubesphere/pause:3.6');
    expect(names({ registry: { ...registry, namespaceOverride: 'x' } })).toContain('r.example/x/pause:3.6');
  });

  test('an unknown version names the nearest', () => {
    expect(() => names({}, { version: 'v3.0.13' })).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ nearest: 'v3.1.0' }) }),
    );
  });

  test.skipIf(!existsSync(corpus))('every name under every setting, as the corpus has it', () => {
    const { kubernetes } = JSON.parse(readFileSync(`${corpus}/kk-images-v3.1.1.json`, 'utf8')) as {
      readonly kubernetes: Readonly<
        Record<string, readonly { readonly result: Readonly<Record<string, string>> }[]>
      >;
    };
    for (const [version, rows] of Object.entries(kubernetes)) {
      for (const setting of Object.keys(rows[0]?.result ?? {})) {
        const found = names(
          {
            kubernetes: { version },
            controlPlaneEndpoint: { internalLoadbalancer: 'haproxy' },
            registry: {
              privateRegistry: /privateRegistry=([^, ]+)/.exec(setting)?.[1] ?? '',
              namespaceOverride: /namespaceOverride=([^, ]+)/.exec(setting)?.[1] ?? '',
            },
          },
          { version: 'v3.1.1', withKubeSphere: true, zoneCn: setting.includes('KKZONE=cn') },
        );
        const expected = rows.map(({ result }) => normaliseImage(result[setting] ?? ''));
        expect(found.toSorted(), `${version} ${setting}`).toEqual(expected.toSorted());
      }
    }
  });
});
