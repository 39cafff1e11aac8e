import { describe, expect, test } from 'vitest';
import { imagesOfKubekey4 } from './index.ts';

type Spec = Parameters<typeof imagesOfKubekey4>[1];

const kubernetes = { kube_version: 'v1.33.1' };

function pulled(spec: Spec): readonly string[] {
  const { images } = imagesOfKubekey4('c.yaml', spec, 'v4.0.6');
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
    [{ type: 'harbor', ha_vip: '10.0.0.9' }, 'cn', '10.0.0.9'],
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
      { kubernetes, image_registry: { type: 'harbor' } },
      undefined,
    );
    expect(images.every(({ image, original }) => image === original)).toBe(true);
    expect(notes.map(({ note }) => note)).toEqual(
      expect.arrayContaining(['kk4-own-registry', 'kk-version-assumed', 'kk4-cni-chart']),
    );
  });
});
