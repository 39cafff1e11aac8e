/** A tag: fixed, that of Kubernetes, or one that changed between releases of KubeKey or Kubernetes. */
type Tag =
  | string
  | { readonly by: 'kubekey' | 'kubernetes'; readonly since: Readonly<Record<string, string>> };

/** When an image is pulled; conditions in `images-of-kubekey.ts`. */
export type When =
  | 'always'
  | 'etcd-in-kubeadm'
  | 'kube-proxy'
  | 'nodelocaldns'
  | 'calico'
  | 'calico-large'
  | 'flannel'
  | 'cilium'
  | 'hybridnet'
  | 'kubeovn'
  | 'multus'
  | 'haproxy'
  | 'kube-vip'
  | 'kata'
  | 'nfd'
  | 'openebs';

export type ImageRow = { readonly when: When; readonly repository: string; readonly tag: Tag };

/** The releases that were read; their configuration is `kubekey.kubesphere.io/v1alpha2`. */
export const kubekeyVersions = [
  'v3.1.0',
  'v3.1.1',
  'v3.1.2',
  'v3.1.3',
  'v3.1.4',
  'v3.1.5',
  'v3.1.6',
  'v3.1.7',
  'v3.1.8',
  'v3.1.9',
  'v3.1.10',
  'v3.1.11',
  'v3.1.12',
] as const;

/** Without `kubernetes.version`: DefaultKubeVersion. */
export const defaultKubernetes = { 'v3.1.0': 'v1.23.15', 'v3.1.6': 'v1.23.17' } as const;

const calico = {
  by: 'kubekey',
  since: { 'v3.1.0': 'v3.27.2', 'v3.1.1': 'v3.27.3', 'v3.1.6': 'v3.27.4' },
} as const;
const ofKubernetes = '{kubernetes}';

/**
 * From kubesphere/kubekey, tags v3.1.0 to v3.1.12: cmd/kk/pkg/images/tasks.go (GetImage) and
 * cmd/kk/apis/kubekey/v1alpha2/default.go.
 */
export const imageRows: readonly ImageRow[] = [
  {
    when: 'always',
    repository: 'kubesphere/pause',
    tag: {
      by: 'kubernetes',
      since: {
        'v0.0.0': '3.2',
        'v1.21.0': '3.4.1',
        'v1.22.0': '3.5',
        'v1.23.0': '3.6',
        'v1.24.0': '3.7',
        'v1.25.0': '3.8',
        'v1.26.0': '3.9',
      },
    },
  },
  {
    when: 'etcd-in-kubeadm',
    repository: 'kubesphere/etcd',
    tag: { by: 'kubekey', since: { 'v3.1.0': 'v3.5.13', 'v3.1.12': 'v3.5.24' } },
  },
  { when: 'always', repository: 'kubesphere/kube-apiserver', tag: ofKubernetes },
  { when: 'always', repository: 'kubesphere/kube-controller-manager', tag: ofKubernetes },
  { when: 'always', repository: 'kubesphere/kube-scheduler', tag: ofKubernetes },
  { when: 'kube-proxy', repository: 'kubesphere/kube-proxy', tag: ofKubernetes },
  {
    when: 'always',
    repository: 'coredns/coredns',
    tag: {
      by: 'kubernetes',
      since: { 'v0.0.0': '1.6.9', 'v1.21.0': '1.8.0', 'v1.23.0': '1.8.6', 'v1.25.0': '1.9.3' },
    },
  },
  { when: 'nodelocaldns', repository: 'kubesphere/k8s-dns-node-cache', tag: '1.22.20' },
  { when: 'calico', repository: 'calico/kube-controllers', tag: calico },
  { when: 'calico', repository: 'calico/cni', tag: calico },
  { when: 'calico', repository: 'calico/node', tag: calico },
  { when: 'calico', repository: 'calico/pod2daemon-flexvol', tag: calico },
  { when: 'calico-large', repository: 'calico/typha', tag: calico },
  { when: 'flannel', repository: 'flannel/flannel', tag: 'v0.21.3' },
  { when: 'flannel', repository: 'flannel/flannel-cni-plugin', tag: 'v1.1.2' },
  { when: 'cilium', repository: 'cilium/cilium', tag: 'v1.15.3' },
  { when: 'cilium', repository: 'cilium/operator-generic', tag: 'v1.15.3' },
  { when: 'hybridnet', repository: 'hybridnetdev/hybridnet', tag: 'v0.8.6' },
  { when: 'kubeovn', repository: 'kubeovn/kube-ovn', tag: 'v1.10.10' },
  { when: 'multus', repository: 'kubesphere/multus-cni', tag: 'v3.8' },
  { when: 'haproxy', repository: 'library/haproxy', tag: '2.9.6-alpine' },
  { when: 'kube-vip', repository: 'plndr/kube-vip', tag: 'v0.7.2' },
  { when: 'kata', repository: 'kubesphere/kata-deploy', tag: 'stable' },
  { when: 'nfd', repository: 'kubesphere/node-feature-discovery', tag: 'v0.10.0' },
  // The addon that KubeKey brings when KubeSphere is installed and the cluster has no storage.
  { when: 'openebs', repository: 'openebs/provisioner-localpv', tag: '3.3.0' },
  { when: 'openebs', repository: 'openebs/linux-utils', tag: '3.3.0' },
];
