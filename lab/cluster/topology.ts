/**
 * The lab's machines and addresses. Every machine is a network namespace with one
 * interface on the bridge; none has a default route, so nothing leaves the lab.
 */

/** One namespace that plays a machine. */
export type Machine = {
  readonly name: string;
  /** Network namespace; the root side of its veth has the same name. */
  readonly namespace: string;
  readonly addresses: readonly string[];
};

/** A machine that runs containerd and a kubelet. */
export type NodeMachine = Machine & {
  readonly address: string;
  readonly podSubnet: string;
  /** cgroup below which this node's pods live: two kubelets that share one would kill each other's pods. */
  readonly cgroup: string;
};

export const BRIDGE = 'pm-lab';
export const PREFIX_LENGTH = 24;
/** The bridge's own address, where the API server listens. */
export const CONTROL_PLANE_ADDRESS = '10.89.0.1';
/** A loopback address of our own: no clash with an etcd that listens on 127.0.0.1. */
export const PRIVATE_LOOPBACK = '127.89.0.1';
export const SERVICE_SUBNET = '10.96.0.0/16';
/** First address of SERVICE_SUBNET: the Service `kubernetes`. */
export const API_SERVICE_ADDRESS = '10.96.0.1';
export const API_URL = `https://${CONTROL_PLANE_ADDRESS}:6443`;
export const DNS_ADDRESS = '10.89.0.53';

export const NODES: readonly NodeMachine[] = [1, 2].map((number) => ({
  name: `node${number}`,
  namespace: `pm-node${number}`,
  address: `10.89.0.1${number}`,
  addresses: [`10.89.0.1${number}`],
  podSubnet: `10.89.1${number}.0/24`,
  cgroup: `pmlab${number}`,
}));

/** The engineer's workstation, where pullmend is run. */
export const CLIENT: Machine = {
  name: 'client',
  namespace: 'pm-client',
  addresses: ['10.89.0.20'],
};

/** The outside world: a DNS server and, from .100 on, the registries. */
export const OUTSIDE: Machine = {
  name: 'outside',
  namespace: 'pm-up',
  addresses: [DNS_ADDRESS, ...Array.from({ length: 20 }, (_, index) => `10.89.0.${100 + index}`)],
};

export const MACHINES: readonly Machine[] = [...NODES, CLIENT, OUTSIDE];
