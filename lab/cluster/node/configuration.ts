import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { kubeconfigFor } from '../kubeconfig.ts';
import { pkiFile } from '../pki.ts';
import { DNS_ADDRESS, type NodeMachine } from '../topology.ts';

/** The name under which a node finds its pause image; it is never pulled. */
export const PAUSE_IMAGE = 'registry.k8s.io/pause:3.10';

/** Where a node's configuration lies, as on any other node. */
export const CONTAINERD_CONFIG = '/etc/containerd/config.toml';
export const KUBELET_CONFIG = '/etc/kubernetes/kubelet.yaml';
export const KUBELET_KUBECONFIG = '/etc/kubernetes/kubelet.kubeconfig';
export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

const PKI = '/etc/kubernetes/pki';

/** A node's files below /etc, by path. */
export function nodeFiles(node: NodeMachine): Record<string, string> {
  return {
    'containerd/config.toml': containerdConfig(),
    // A folder for registry hosts; empty means none is configured.
    'containerd/certs.d/.keep': '',
    'cni/net.d/10-pullmend-lab.conflist': JSON.stringify(networkConfig(node), null, 2),
    'kubernetes/kubelet.yaml': stringify(kubeletConfig(node)),
    'kubernetes/kubelet.kubeconfig': kubeconfigFor(node.name),
    'kubernetes/pki/ca.crt': readFileSync(pkiFile('ca.crt'), 'utf8'),
    'kubernetes/pki/kubelet.crt': readFileSync(pkiFile(`${node.name}.crt`), 'utf8'),
    'kubernetes/pki/kubelet.key': readFileSync(pkiFile(`${node.name}.key`), 'utf8'),
  };
}

/** containerd 1.x, configuration version 2 (docs/cri/config.md); version 2.x reads it too. */
function containerdConfig(): string {
  return `version = 2

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Lower values than the caller's need a privilege that a container's host may lack.
  restrict_oom_score_adj = true
  # Otherwise namespace files of dead pods stay in the machine's /run/netns.
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "/etc/containerd/certs.d"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"

[plugins."io.containerd.internal.v1.opt"]
  path = "/var/lib/containerd/opt"
`;
}

/** CNI plugins bridge and host-local (https://www.cni.dev/plugins/current/main/bridge/). */
function networkConfig(node: NodeMachine): unknown {
  return {
    cniVersion: '0.4.0',
    name: 'pullmend-lab',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        ipam: {
          type: 'host-local',
          dataDir: '/var/lib/cni/networks',
          ranges: [[{ subnet: node.podSubnet }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
    ],
  };
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function kubeletConfig(node: NodeMachine): unknown {
  return {
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    containerRuntimeEndpoint: `unix://${CONTAINERD_SOCKET}`,
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${node.cgroup}`,
    failSwapOn: false,
    tlsCertFile: `${PKI}/kubelet.crt`,
    tlsPrivateKeyFile: `${PKI}/kubelet.key`,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${PKI}/ca.crt` },
    },
    authorization: { mode: 'Webhook' },
    clusterDNS: [DNS_ADDRESS],
    clusterDomain: 'cluster.local',
    resolvConf: '/etc/resolv.conf',
    makeIPTablesUtilChains: false,
    maxPods: 110,
    // Many failing pulls at once are the lab's daily bread: neither queue them nor slow them down.
    serializeImagePulls: false,
    registryPullQPS: 0,
    // Two nodes share one disk that may be nearly full: never evict, never collect images (the pause image first).
    evictionHard: { 'nodefs.available': '10Mi', 'imagefs.available': '10Mi', 'memory.available': '10Mi' },
    imageGCHighThresholdPercent: 100,
    // Pods are looked at again this often when no event does it sooner.
    syncFrequency: '10s',
    volumePluginDir: '/var/lib/kubelet/volume-plugins',
  };
}
