import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError } from './error.ts';
import { run, type Invocation } from './host/command.ts';
import { OWNER_VARIABLE } from './host/owner.ts';
import { netnsFile } from './network.ts';
import { labPaths, machineDir, stateDir } from './paths.ts';
import { trustedCas } from './pki.ts';
import { DNS_ADDRESS, MACHINES, type Machine } from './topology.ts';

const MOUNTS_SCRIPT = fileURLToPath(new URL('./mounts.sh', import.meta.url));

/** Timeout and attempts are shorter than resolv.conf(5)'s 5 s and 2: a lookup that gets no answer fails in 4 s. */
const RESOLV_CONF = `nameserver ${DNS_ADDRESS}\noptions timeout:2 attempts:2\n`;

/** mDNS or a local cache would answer in the place of the lab's DNS. */
const NSSWITCH_CONF = 'passwd: files\ngroup: files\nhosts: files dns\n';

/** A folder in which mount namespaces are kept as files; it must not pass mounts on (unshare(1), --mount=FILE). */
export async function createNamespaceDir(): Promise<void> {
  const { namespaceDir } = labPaths();
  mkdirSync(namespaceDir, { recursive: true });
  await run('mount', ['--bind', namespaceDir, namespaceDir]);
  await run('mount', ['--make-private', namespaceDir]);
}

/**
 * Gives a machine a mount namespace in which /etc, and on a node /run and /var too, are its own.
 * It asks the lab's DNS and trusts the registries' CA; `etc` holds further files below /etc, by path.
 */
export async function createMountNamespace(
  machine: Machine,
  role: 'node' | 'plain',
  etc: Readonly<Record<string, string>> = {},
): Promise<void> {
  const dir = machineDir(machine.name);
  const files = {
    hosts: hostsFile(machine),
    hostname: `${machine.name}\n`,
    'resolv.conf': RESOLV_CONF,
    'nsswitch.conf': NSSWITCH_CONF,
    'ssl/certs/ca-certificates.crt': trustedCas(),
    ...etc,
  };
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, 'etc', path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
  }
  const namespace = mountNamespaceFile(machine);
  writeFileSync(namespace, '');
  const kept = [stateDir(), labPaths().binDir];
  await run('nsenter', [
    `--net=${netnsFile(machine)}`,
    'unshare',
    `--mount=${namespace}`,
    '--propagation=private',
    'sh',
    MOUNTS_SCRIPT,
    dir,
    role,
    ...kept,
  ]);
}

/** Variables of the caller that mean the same on every machine. */
const KEPT_VARIABLES = ['TERM', 'LANG', 'LC_ALL'];

/**
 * How to run a command on a machine of the lab, in folder `cwd`. Of the caller's
 * environment it sees only terminal and locale: no proxy, no kubeconfig, no home.
 * Throws LabError when the lab is down.
 */
export function enter(
  machine: Machine,
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Invocation {
  if (!existsSync(mountNamespaceFile(machine))) {
    throw new LabError('the lab is down', 'npm run lab -- up');
  }
  const kept = KEPT_VARIABLES.map((name) => [name, process.env[name]] as const);
  const variables = { ...Object.fromEntries(kept), [OWNER_VARIABLE]: labPaths().runDir, ...env };
  const assignments = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return enterWithin(machine, ['env', '--ignore-environment', `--chdir=${cwd}`, ...assignments, ...argv]);
}

/** The same with the caller's own environment: for daemons, which are started with a clean one. */
export function enterWithin(machine: Machine, argv: readonly string[]): Invocation {
  const namespaces = [`--mount=${mountNamespaceFile(machine)}`, `--net=${netnsFile(machine)}`];
  return { command: 'nsenter', args: [...namespaces, '--', ...argv] };
}

function mountNamespaceFile(machine: Machine): string {
  return join(labPaths().namespaceDir, machine.name);
}

/** The machines know one another by name; registries are known by DNS only. */
function hostsFile(self: Machine): string {
  const lines = MACHINES.filter(({ addresses }) => addresses.length === 1).map(
    ({ name, addresses }) => `${addresses.join(' ')} ${name}`,
  );
  return ['127.0.0.1 localhost', `127.0.1.1 ${self.name}`, ...lines, ''].join('\n');
}
