import { describe, expect, test } from 'vitest';
import { imagesOfKubekey4 } from './index.ts';

type Spec = Parameters<typeof imagesOfKubekey4>[1];

const kubernetes = { kube_version: 'v1.33.1' };

function pulled(spec: Spec, version = 'v4.0.6'): readonly string[] {
  const { images } = imagesOfKubekey4('c.yaml', spec, version);
  return images.filter((it) => it.pulled === 'now').map(({ image }) => image);
}

describe('imagesOfKubekey4', () => {
  test('Kubernetes decides on the versions, the configuration on exceptions', () => {
    expect(pulled({ kubernetes })).toEqual([
      'registry.k8s.io/pause:3.10',
      'registry.k8s.io/kube-apiserver:v1.33.1',
      'registry.k8s.io/kube-controller-manager:v1.33.1',
      'registry.k8s.io/kube-scheduler:v1.33.1',
      'registry.k8s.io/kube-proxy:v1.33.1',
      'registry.k8s.io/coredns/coredns:v1.12.0',
      'registry.k8s.io/dns/k8s-dns-node-cache:1.25.0',
      'quay.io/tigera/operator:v1.40.3',
      'docker.io/calico/node:v3.31.3',
      'docker.io/calico/cni:v3.31.3',
      'docker.io/calico/kube-controllers:v3.31.3',
      'docker.io/calico/typha:v3.31.3',
      'docker.io/calico/csi:v3.31.3',
      'docker.io/calico/node-driver-registrar:v3.31.3',
      'docker.io/calico/pod2daemon-flexvol:v3.31.3',
      'docker.io/calico/apiserver:v3.31.3',
      'docker.io/calico/goldmane:v3.31.3',
      'docker.io/calico/whisker:v3.31.3',
      'docker.io/calico/whisker-backend:v3.31.3',
      'docker.io/openebs/provisioner-localpv:4.4.0',
    ]);
    const own = pulled({
      kubernetes: {
        kube_version: 'v1.23.17',
        sandbox_image: { tag: '3.9' },
        skip_phases: ['addon/kube-proxy'],
      },
      cni: { type: 'cilium', multi_cni: 'multus' },
      dns: { nodelocaldns: { enabled: false } },
      storage_class: { local: { enabled: false }, nfs: { enabled: true } },
    });
    expect(own).toContain('registry.k8s.io/pause:3.9');
    expect(own).toContain('quay.io/cilium/operator-generic:v1.14.19');
    expect(own).toContain('ghcr.io/k8snetworkplumbingwg/multus-cni:v4.2.4');
    expect(own).toContain('registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2');
    expect(own.join()).not.toMatch(/kube-proxy|node-cache|openebs|calico/);
  });

  test.each([
    [{ auth: { registry: 'harbor.example/proxy' } }, '', 'harbor.example/proxy'],
    [{}, 'cn', 'hub.kubesphere.com.cn'],
    [{ auth: { registry: 'harbor.example' } }, 'cn', 'harbor.example'],
    // What fills a registry that KubeKey installs comes from there.
    [{ type: 'harbor', ha_vip: '10.0.0.9' }, 'cn', 'hub.kubesphere.com.cn'],
  ])('%j with zone %j takes every image from %s', (block, zone, registry) => {
    const spec: Spec = { kubernetes, zone, image_registry: block, etcd: { deployment_type: 'internal' } };
    const { images, notes } = imagesOfKubekey4('c.yaml', spec, 'v4.0.6');
    const named = new Map(images.map(({ original, image }) => [original, image]));
    expect(named.get('registry.k8s.io/pause:3.10')).toBe(`${registry}/kubernetes/pause:3.10`);
    expect(named.get('registry.k8s.io/kube-proxy:v1.33.1')).toBe(`${registry}/kubernetes/kube-proxy:v1.33.1`);
    expect(named.get('registry.k8s.io/coredns/coredns:v1.12.0')).toBe(`${registry}/coredns/coredns:v1.12.0`);
    expect(named.get('quay.io/tigera/operator:v1.40.3')).toBe(`${registry}/tigera/operator:v1.40.3`);
    expect(named.get('docker.io/library/etcd:v3.5.24')).toBe(`${registry}/etcd:v3.5.24`);
    expect(notes).toContainEqual({ note: 'registry-covers', value: registry });
  });

  test('a registry of one host, and one that KubeKey sets up', () => {
    expect(pulled({ kubernetes, image_registry: { quayio_registry: 'm.example/quay' } })).toContain(
      'm.example/quay/tigera/operator:v1.40.3',
    );
    const { images, notes } = imagesOfKubekey4(
      'c.yaml',
      {
        kubernetes,
        image_registry: { type: 'harbor', auth: { registry: 'mine.example' }, quayio_registry: 'x.example' },
      },
      undefined,
    );
    expect(images.every(({ image, original }) => image === original)).toBe(true);
    expect(notes.map(({ note }) => note)).toEqual(
      expect.arrayContaining(['kk4-own-registry', 'kk-version-assumed', 'kk4-cni-chart']),
    );
  });

  test('an image with a registry, repository or tag of its own', () => {
    const image = { registry: 'm.example', repository: 'x/y', tag: 'v9' };
    const own = pulled({
      kubernetes: {
        ...kubernetes,
        image_repository: 'k.example/core',
        sandbox_image: { repository: 'mine/pause' },
        control_plane_endpoint: { type: 'haproxy', haproxy: { image } },
      },
      dns: { coredns: { image }, nodelocaldns: { image: { tag: '1.26.0' } } },
      etcd: { deployment_type: 'internal', image },
    });
    expect(own).toEqual(
      expect.arrayContaining([
        'k.example/core/kube-apiserver:v1.33.1',
        'registry.k8s.io/mine/pause:3.10',
        'm.example/x/y:v9',
        'm.example/x/y/coredns:v9',
        'registry.k8s.io/dns/k8s-dns-node-cache:1.26.0',
        'm.example/etcd:v9',
      ]),
    );
  });

  test('what changed between releases', () => {
    const endpoint = (type: string): Spec => ({
      kubernetes: { ...kubernetes, control_plane_endpoint: { type } },
    });
    const vip = 'docker.io/plndr/kube-vip:v0.7.2';
    expect(pulled(endpoint('kube-vip'))).toContain(vip);
    expect(pulled(endpoint('kube-vip'), 'v4.0.4')).not.toContain(vip);
    expect(pulled(endpoint('kube_vip'), 'v4.0.4')).toContain(vip);
    const plugins = { 'io.containerd.grpc.v1.cri': { sandbox_image: 'm.example/pause:3.9' } };
    const spec = { kubernetes, cri: { containerd: { config: { plugins } } } };
    expect(pulled(spec)[0]).toBe('m.example/pause:3.9');
    expect(pulled(spec, 'v4.0.5')[0]).toBe('registry.k8s.io/pause:3.10');
    expect(pulled({ kubernetes: { kube_version: '1.29.4' } }).join()).not.toContain('goldmane');
  });

  test('a chart of a version that was not read is named, not guessed at', () => {
    const { images, notes } = imagesOfKubekey4(
      'c.yaml',
      { kubernetes, storage_class: { local: { enabled: true }, localpv_provisioner_version: '4.5.0' } },
      'v4.0.6',
    );
    expect(images.filter(({ original }) => original.includes('openebs'))).toEqual([]);
    expect(notes).toContainEqual({ note: 'kk4-chart-unknown', value: 'local-storage 4.5.0' });
  });

  test.each([
    [{}, 'kk4-zone', 'hub.kubesphere.com.cn'],
    [
      { zone: 'cn', image_registry: { auth: { registry: 'r.example' } } },
      'kk4-zone-needs-no-registry',
      'r.example',
    ],
    [
      { cri: { registry: { mirrors: ['https://m.example'] } } },
      'kk-mirrors-docker-only',
      'cri.registry.mirrors',
    ],
    [{ cri: { registry: { insecure_registries: ['r.example'] } } }, 'kk-insecure-http', 'r.example'],
    [{ cri: { containerd: { config_policy: 'merge' } } }, 'kk4-config-merge', 'cri.containerd.config_policy'],
    [{ cri: containerdWith('/etc/certs.d') }, 'kk4-config-path', '/etc/certs.d'],
  ])('%j: %s', (spec, note, value) => {
    const { notes } = imagesOfKubekey4('c.yaml', { kubernetes, ...spec } as Spec, 'v4.0.6');
    expect(notes).toContainEqual({ note, value });
  });

  test('config_path is no trap without mirrors, or where KubeKey does not read it', () => {
    const notesOf = (mirrors: readonly string[], version: string) =>
      imagesOfKubekey4(
        'c.yaml',
        { kubernetes, cri: { ...containerdWith('/etc/certs.d'), registry: { mirrors } } },
        version,
      ).notes.map(({ note }) => note);
    expect(notesOf([], 'v4.0.6')).not.toContain('kk4-config-path');
    expect(notesOf(['https://m.example'], 'v4.0.6')).toContain('kk4-config-path');
    expect(notesOf(['https://m.example'], 'v4.0.5')).not.toContain('kk4-config-path');
  });

  test.each([
    [{}, 'v4.0.6', ''],
    [{ kubernetes: { kube_version: 'v1.22.3' } }, 'v4.0.6', 'v1.22.3'],
    [{ kubernetes }, 'v4.1.0', 'v4.1.0'],
  ])('%j with %s is refused', (spec, version, named) => {
    expect(() => imagesOfKubekey4('c.yaml', spec, version)).toThrow(
      expect.objectContaining({
        code: 'PM_INSTALLER_UNKNOWN',
        params: expect.objectContaining({ version: named }),
      }),
    );
  });
});

function containerdWith(path: string) {
  return {
    containerd: {
      config: { plugins: { 'io.containerd.grpc.v1.cri': { registry: { config_path: path } } } },
    },
  };
}
