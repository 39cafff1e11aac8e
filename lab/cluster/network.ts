import { existsSync, readFileSync, readdirSync, rmdirSync } from 'node:fs';
import { LabError } from './error.ts';
import { run, succeeds } from './host/command.ts';
import { mountsBelow } from './host/mounts.ts';
import { BRIDGE, CONTROL_PLANE_ADDRESS, MACHINES, NODES, PREFIX_LENGTH, type Machine } from './topology.ts';

/** Where iproute2 keeps named network namespaces (ip-netns(8)). */
const NETNS_DIR = '/run/netns';

/** Bridged packets pass the host's FORWARD chain only when this is 1 (br_netfilter). */
const BRIDGE_FILTER = '/proc/sys/net/bridge/bridge-nf-call-iptables';
const ACCEPT_RULE = [
  'FORWARD',
  '-i',
  BRIDGE,
  '-o',
  BRIDGE,
  '-m',
  'comment',
  '--comment',
  'pullmend-lab',
  '-j',
  'ACCEPT',
];

export function netnsFile(machine: Machine): string {
  return `${NETNS_DIR}/${machine.namespace}`;
}

/**
 * The bridge, a namespace for each machine, and the routes to the pods; no default route.
 * Throws LabError when the machine uses the lab's addresses for something else.
 */
export async function createNetwork(): Promise<void> {
  await refuseTakenAddresses();
  await ip(
    ['-batch', '-'],
    [
      `link add ${BRIDGE} type bridge`,
      `addr add ${CONTROL_PLANE_ADDRESS}/${PREFIX_LENGTH} dev ${BRIDGE}`,
      `link set ${BRIDGE} up`,
      ...MACHINES.flatMap(({ namespace }) => [
        `netns add ${namespace}`,
        `link add ${namespace} type veth peer name eth0 netns ${namespace}`,
        `link set ${namespace} master ${BRIDGE} up`,
      ]),
      ...podRoutes(),
    ],
  );
  await Promise.all(MACHINES.map(configure));
  if (existsSync(BRIDGE_FILTER) && readFileSync(BRIDGE_FILTER, 'utf8').trim() === '1') {
    await run('iptables', ['-w', '-I', ...ACCEPT_RULE]);
  }
}

/** Removes what `createNetwork` made, however much of it there is. */
export async function removeNetwork(): Promise<void> {
  for (const { namespace } of MACHINES) {
    // The kernel takes a namespace apart in the background; a veth of the next lab needs its name now.
    await removeLink(namespace);
    if (existsSync(`${NETNS_DIR}/${namespace}`)) {
      await ip(['netns', 'del', namespace]);
    }
  }
  await removeLink(BRIDGE);
  while (await succeeds('iptables', ['-w', '-C', ...ACCEPT_RULE])) {
    await run('iptables', ['-w', '-D', ...ACCEPT_RULE]);
  }
  await removeEmptyNetnsDir();
}

/** What of the lab's network exists. */
export function networkLeftovers(): string[] {
  const links = [BRIDGE, ...MACHINES.map(({ namespace }) => namespace)].filter(linkExists);
  const namespaces = MACHINES.map(netnsFile).filter((file) => existsSync(file));
  return [...links, ...namespaces];
}

async function configure(machine: Machine): Promise<void> {
  await ip(
    ['-n', machine.namespace, '-batch', '-'],
    [
      'link set lo up',
      ...machine.addresses.map((address) => `addr add ${address}/${PREFIX_LENGTH} dev eth0`),
      'link set eth0 up',
      ...podRoutes(machine),
    ],
  );
}

/** Routes to each node's pods, on every machine but that node, which has the pods' bridge itself. */
function podRoutes(on?: Machine): string[] {
  return NODES.filter((node) => node !== on).map(
    ({ podSubnet, address }) => `route add ${podSubnet} via ${address}`,
  );
}

async function refuseTakenAddresses(): Promise<void> {
  const interfaces = JSON.parse(await ip(['-json', '-4', 'addr', 'show'])) as {
    ifname: string;
    addr_info: { local?: string }[];
  }[];
  const subnets = [CONTROL_PLANE_ADDRESS, ...NODES.map(({ podSubnet }) => podSubnet)].map(networkPart);
  const taken = interfaces.find(({ addr_info: addresses }) =>
    addresses.some(({ local }) => local !== undefined && subnets.includes(networkPart(local))),
  );
  if (taken) {
    throw new LabError(
      `interface ${taken.ifname} uses addresses of the lab`,
      `The lab needs ${subnets.join(', ')}.`,
    );
  }
}

/** The first three bytes: all of the lab's networks are /24. */
function networkPart(address: string): string {
  return `${address.split('.').slice(0, 3).join('.')}.0/24`;
}

async function removeLink(name: string): Promise<void> {
  if (linkExists(name)) {
    await ip(['link', 'del', name]);
  }
}

function linkExists(name: string): boolean {
  return existsSync(`/sys/class/net/${name}`);
}

/** `ip netns add` mounts its folder onto itself; without any namespace that is only a leftover. */
async function removeEmptyNetnsDir(): Promise<void> {
  if (existsSync(NETNS_DIR) && readdirSync(NETNS_DIR).length === 0 && mountsBelow(NETNS_DIR).length > 0) {
    await run('umount', [NETNS_DIR]);
    rmdirSync(NETNS_DIR);
  }
}

async function ip(args: readonly string[], batch?: readonly string[]): Promise<string> {
  return run('ip', args, batch && { input: batch.map((line) => `${line}\n`).join('') });
}
