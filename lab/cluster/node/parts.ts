import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../host/command.ts';
import { enterWithin } from '../namespaces.ts';
import { labPaths, machineDir } from '../paths.ts';
import { NODES, type NodeMachine } from '../topology.ts';
import { nodeFiles, PAUSE_IMAGE } from './configuration.ts';

/**
 * What a node can be made to lack: the image of pod sandboxes; the configuration of its pod network, which on other
 * clusters a CNI DaemonSet's pod brings; room for what it pulls.
 */
export const NODE_PARTS = ['pause-image', 'pod-network', 'disk-space'] as const;
export type NodePart = (typeof NODE_PARTS)[number];

const CNI_FOLDER = 'cni/net.d';
const REGISTRY_FOLDER = 'containerd/certs.d';
/** Where containerd writes what it pulls; a file system without room for one more file goes over it. */
const INGEST = '/var/lib/containerd/io.containerd.content.v1.content/ingest';
const CTR_IMAGES = ['ctr', '--namespace', 'k8s.io', 'images'];

/** Takes a part away from node 1 or 2; pods that run go on, new ones cannot start there. */
export async function takeAwayPart(number: number, part: NodePart): Promise<void> {
  const node = nodeNumbered(number);
  if (part === 'pod-network') return clearNetwork(node);
  if (part === 'disk-space') {
    await onNode(node, ['mount', '-t', 'tmpfs', '-o', 'nr_inodes=1', 'pullmend-lab-full', INGEST]);
    return;
  }
  const rows = (await onNode(node, [...CTR_IMAGES, 'list'])).split('\n').map((row) => row.split(/\s+/));
  const digest = rows.find(([name]) => name === PAUSE_IMAGE)?.[2];
  // The runtime also knows it by the digest of its configuration.
  const names = rows.filter((row) => digest !== undefined && row[2] === digest).map(([name = '']) => name);
  if (names.length > 0) await onNode(node, [...CTR_IMAGES, 'remove', '--sync', ...names]);
}

/** Tells the runtime of a node other hosts for a registry (containerd reads hosts.toml at each pull). */
export async function setRegistryHosts(number: number, registry: string, hostsToml: string): Promise<void> {
  const folder = join(etcOf(nodeNumbered(number)), REGISTRY_FOLDER, registry);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'hosts.toml'), hostsToml);
}

/** Gives back to both nodes what they lack of these parts, and takes away what they were told of registries. */
export async function putBackParts(): Promise<void> {
  for (const node of NODES) {
    const images = await onNode(node, [...CTR_IMAGES, 'list', '--quiet']);
    if (!images.split('\n').includes(PAUSE_IMAGE)) {
      await onNode(node, [...CTR_IMAGES, 'import', join(labPaths().runDir, 'pause.tar')]);
    }
    await putBackNetwork(node);
    await forgetRegistryHosts(node);
    const mounts = await onNode(node, ['cat', '/proc/self/mounts']);
    if (mounts.includes(`pullmend-lab-full ${INGEST} `)) await onNode(node, ['umount', '--lazy', INGEST]);
  }
}

/** What another one has put beside or in the place of the lab's own configuration goes. */
async function putBackNetwork(node: NodeMachine): Promise<void> {
  const [[path, text] = ['', '']] = Object.entries(nodeFiles(node)).filter(([name]) =>
    name.startsWith(CNI_FOLDER),
  );
  const file = join(etcOf(node), path);
  const isAlone = (await readdir(join(etcOf(node), CNI_FOLDER))).length === 1;
  if (isAlone && existsSync(file) && readFileSync(file, 'utf8') === text) return;
  await clearNetwork(node);
  await writeFile(file, text);
}

async function forgetRegistryHosts(node: NodeMachine): Promise<void> {
  const folder = join(etcOf(node), REGISTRY_FOLDER);
  const registries = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name } of registries) await rm(join(folder, name), { recursive: true });
}

async function clearNetwork(node: NodeMachine): Promise<void> {
  const folder = join(etcOf(node), CNI_FOLDER);
  for (const name of await readdir(folder)) await rm(join(folder, name));
}

/** The folder that the node sees as /etc. */
function etcOf(node: NodeMachine): string {
  return join(machineDir(node.name), 'etc');
}

function nodeNumbered(number: number): NodeMachine {
  const node = NODES[number - 1];
  if (node === undefined) throw new Error(`there is no node ${number}`);
  return node;
}

async function onNode(node: NodeMachine, argv: readonly string[]): Promise<string> {
  const { command, args } = enterWithin(node, argv);
  return run(command, args);
}
