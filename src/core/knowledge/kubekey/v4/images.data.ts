/** When an image is pulled; conditions in `images-of-kubekey-4.ts`. */
export type When =
  | 'always'
  | 'kube-proxy'
  | 'etcd'
  | 'nodelocaldns'
  | 'haproxy'
  | 'kube-vip'
  | 'calico'
  | 'cilium'
  | 'flannel'
  | 'hybridnet'
  | 'kubeovn'
  | 'multus'
  | 'spiderpool'
  | 'local-storage'
  | 'nfs-storage';

/** A version that the release of Kubernetes decides on, unless the configuration says another. */
export type Version = 'pause' | 'coredns' | 'nodelocaldns' | 'etcd' | 'calico' | 'cilium' | 'kubeovn';

export type ImageRow = {
  readonly when: When;
  /** `{kubernetes}` or the name of a version stand for it. */
  readonly image: string;
  readonly later?: true;
  /** Where `spec` has its `registry`, `repository` and `tag`. */
  readonly block?: readonly [string, ...string[]];
  /** kubeadm puts the last part of the name behind the block's registry, or behind its repository. */
  readonly behind?: 'registry' | 'repository';
  /** The first release of Calico that has it. */
  readonly since?: string;
};

/** The releases that were read and agree; their configuration is `kubekey.kubesphere.io/v1`, kind Config. */
export const kubekey4Versions = ['v4.0.4', 'v4.0.5', 'v4.0.6'] as const;

/** builtin/core/roles/defaults/vars/v1.N.yaml */
export const versionsByMinor: Readonly<Record<string, Readonly<Record<Version, string>>>> = {
  'v1.23': {
    pause: '3.6',
    coredns: 'v1.8.6',
    nodelocaldns: '1.21.1',
    etcd: 'v3.5.6',
    calico: 'v3.25.2',
    cilium: '1.14.19',
    kubeovn: 'v1.13.15',
  },
  'v1.24': {
    pause: '3.7',
    coredns: 'v1.8.6',
    nodelocaldns: '1.21.1',
    etcd: 'v3.5.6',
    calico: 'v3.26.5',
    cilium: '1.14.19',
    kubeovn: 'v1.13.15',
  },
  'v1.25': {
    pause: '3.8',
    coredns: 'v1.9.3',
    nodelocaldns: '1.22.8',
    etcd: 'v3.5.9',
    calico: 'v3.26.5',
    cilium: '1.14.19',
    kubeovn: 'v1.13.15',
  },
  'v1.26': {
    pause: '3.9',
    coredns: 'v1.9.3',
    nodelocaldns: '1.22.13',
    etcd: 'v3.5.10',
    calico: 'v3.26.5',
    cilium: '1.15.19',
    kubeovn: 'v1.13.15',
  },
  'v1.27': {
    pause: '3.9',
    coredns: 'v1.10.1',
    nodelocaldns: '1.22.20',
    etcd: 'v3.5.12',
    calico: 'v3.28.5',
    cilium: '1.16.18',
    kubeovn: 'v1.13.15',
  },
  'v1.28': {
    pause: '3.9',
    coredns: 'v1.10.1',
    nodelocaldns: '1.22.23',
    etcd: 'v3.5.15',
    calico: 'v3.28.5',
    cilium: '1.16.18',
    kubeovn: 'v1.13.15',
  },
  'v1.29': {
    pause: '3.9',
    coredns: 'v1.11.1',
    nodelocaldns: '1.22.23',
    etcd: 'v3.5.15',
    calico: 'v3.29.7',
    cilium: '1.17.11',
    kubeovn: 'v1.15.0',
  },
  'v1.30': {
    pause: '3.9',
    coredns: 'v1.11.3',
    nodelocaldns: '1.22.28',
    etcd: 'v3.5.15',
    calico: 'v3.29.7',
    cilium: '1.18.7',
    kubeovn: 'v1.15.0',
  },
  'v1.31': {
    pause: '3.10',
    coredns: 'v1.11.3',
    nodelocaldns: '1.23.1',
    etcd: 'v3.5.24',
    calico: 'v3.30.5',
    cilium: '1.19.1',
    kubeovn: 'v1.15.0',
  },
  'v1.32': {
    pause: '3.10',
    coredns: 'v1.11.3',
    nodelocaldns: '1.23.1',
    etcd: 'v3.5.24',
    calico: 'v3.31.3',
    cilium: '1.19.1',
    kubeovn: 'v1.15.0',
  },
  'v1.33': {
    pause: '3.10',
    coredns: 'v1.12.0',
    nodelocaldns: '1.25.0',
    etcd: 'v3.5.24',
    calico: 'v3.31.3',
    cilium: '1.19.1',
    kubeovn: 'v1.15.0',
  },
  'v1.34': {
    pause: '3.10.1',
    coredns: 'v1.12.1',
    nodelocaldns: '1.26.4',
    etcd: 'v3.6.5',
    calico: 'v3.31.3',
    cilium: '1.19.1',
    kubeovn: 'v1.15.0',
  },
};

/** The tigera-operator that each release of Calico is installed by: builtin/core/roles/defaults/defaults/main/10-download.yaml */
export const tigeraOperators: Readonly<Record<string, string>> = {
  'v3.25.2': 'v1.29.6',
  'v3.26.5': 'v1.30.11',
  'v3.28.5': 'v1.34.13',
  'v3.29.7': 'v1.36.16',
  'v3.30.5': 'v1.38.9',
  'v3.31.3': 'v1.40.3',
};

/** Charts whose images stand in `imageRows` for one version alone, and where `spec` may ask for another. */
export const chartVersions: Partial<
  Readonly<Record<When, { readonly key: readonly [string, string]; readonly version: string }>>
> = {
  flannel: { key: ['cni', 'flannel_version'], version: 'v0.27.4' },
  hybridnet: { key: ['cni', 'hybridnet_version'], version: '0.6.8' },
  spiderpool: { key: ['cni', 'spiderpool_version'], version: 'v1.1.1' },
  'local-storage': { key: ['storage_class', 'localpv_provisioner_version'], version: '4.4.0' },
  'nfs-storage': { key: ['storage_class', 'nfs_provisioner_version'], version: '4.0.18' },
};

/**
 * From kubesphere/kubekey, tags v4.0.4 to v4.0.6, below builtin/core/roles: kubernetes/init-kubernetes/templates,
 * cni, storageclass (their templates) and defaults/defaults/main.
 */
export const imageRows: readonly ImageRow[] = [
  { when: 'always', image: 'registry.k8s.io/pause:{pause}', block: ['kubernetes', 'sandbox_image'] },
  { when: 'always', image: 'registry.k8s.io/kube-apiserver:{kubernetes}' },
  { when: 'always', image: 'registry.k8s.io/kube-controller-manager:{kubernetes}' },
  { when: 'always', image: 'registry.k8s.io/kube-scheduler:{kubernetes}' },
  { when: 'kube-proxy', image: 'registry.k8s.io/kube-proxy:{kubernetes}' },
  {
    when: 'always',
    image: 'registry.k8s.io/coredns/coredns:{coredns}',
    block: ['dns', 'coredns', 'image'],
    behind: 'repository',
  },
  {
    when: 'nodelocaldns',
    image: 'registry.k8s.io/dns/k8s-dns-node-cache:{nodelocaldns}',
    block: ['dns', 'nodelocaldns', 'image'],
  },
  // `etcd.image.repository` is read by nobody.
  { when: 'etcd', image: 'docker.io/etcd:{etcd}', block: ['etcd', 'image'], behind: 'registry' },
  {
    when: 'haproxy',
    image: 'docker.io/library/haproxy:2.9.6-alpine',
    block: ['kubernetes', 'control_plane_endpoint', 'haproxy', 'image'],
  },
  {
    when: 'kube-vip',
    image: 'docker.io/plndr/kube-vip:v0.7.2',
    block: ['kubernetes', 'control_plane_endpoint', 'kube_vip', 'image'],
  },
  { when: 'calico', image: 'quay.io/tigera/operator:{operator}' },
  { when: 'calico', image: 'docker.io/calico/node:{calico}' },
  { when: 'calico', image: 'docker.io/calico/cni:{calico}' },
  { when: 'calico', image: 'docker.io/calico/kube-controllers:{calico}' },
  { when: 'calico', image: 'docker.io/calico/typha:{calico}' },
  { when: 'calico', image: 'docker.io/calico/csi:{calico}' },
  { when: 'calico', image: 'docker.io/calico/node-driver-registrar:{calico}' },
  { when: 'calico', image: 'docker.io/calico/pod2daemon-flexvol:{calico}' },
  { when: 'calico', image: 'docker.io/calico/apiserver:{calico}' },
  // The operator's chart turns them on: charts/tigera-operator/values.yaml of projectcalico/calico v3.30.
  { when: 'calico', image: 'docker.io/calico/goldmane:{calico}', since: 'v3.30.0' },
  { when: 'calico', image: 'docker.io/calico/whisker:{calico}', since: 'v3.30.0' },
  { when: 'calico', image: 'docker.io/calico/whisker-backend:{calico}', since: 'v3.30.0' },
  { when: 'calico', image: 'docker.io/calico/ctl:{calico}', later: true },
  { when: 'cilium', image: 'quay.io/cilium/cilium:v{cilium}' },
  { when: 'cilium', image: 'quay.io/cilium/operator-generic:v{cilium}' },
  { when: 'flannel', image: 'ghcr.io/flannel-io/flannel:v0.27.4' },
  { when: 'flannel', image: 'ghcr.io/flannel-io/flannel-cni-plugin:v1.8.0-flannel1' },
  { when: 'hybridnet', image: 'docker.io/hybridnetdev/hybridnet:v0.8.8' },
  { when: 'kubeovn', image: 'docker.io/kubeovn/kube-ovn:{kubeovn}' },
  { when: 'kubeovn', image: 'docker.io/kubeovn/vpc-nat-gateway:{kubeovn}', later: true },
  {
    when: 'multus',
    image: 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.2.4',
    block: ['cni', 'multus', 'image'],
  },
  {
    when: 'spiderpool',
    image: 'ghcr.io/spidernet-io/spiderpool/spiderpool-plugins:27c4f118b1cec3773f2679b772e7583fc77e5686',
  },
  { when: 'spiderpool', image: 'ghcr.io/k8snetworkplumbingwg/multus-cni:v4.1.4' },
  { when: 'spiderpool', image: 'ghcr.io/spidernet-io/spiderpool/spiderpool-agent:v1.1.1' },
  { when: 'spiderpool', image: 'ghcr.io/spidernet-io/spiderpool/spiderpool-controller:v1.1.1' },
  { when: 'local-storage', image: 'docker.io/openebs/provisioner-localpv:4.4.0' },
  { when: 'local-storage', image: 'docker.io/openebs/linux-utils:4.3.0', later: true },
  { when: 'nfs-storage', image: 'registry.k8s.io/sig-storage/nfs-subdir-external-provisioner:v4.0.2' },
];
