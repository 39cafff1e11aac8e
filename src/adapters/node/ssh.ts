import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { asObjects, asText, dig, digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { makeTemporaryFolder } from '../files/index.ts';
import { quoted } from './quoted.ts';
import { runBounded } from './run-bounded.ts';
import { sent } from './script.ts';
import { NodeAccessError, type NodeShell, type RunOptions, type ShellResult } from './shell.ts';
import { sshFailure } from './ssh-failure.ts';

export type SshOptions = {
  /** Absent: as the machine's own configuration of ssh says. */
  readonly user?: string | undefined;
  /** The program, default `ssh` of the PATH, and words that come first, e.g. `['-F', FILE]`. */
  readonly program?: readonly [path: string, ...args: string[]];
};

/** Of a connection, jump hosts included. */
const connectSeconds = 10;
/** A master that its process could not end waits so long for another command. */
const persistSeconds = 60;

/**
 * How `ssh` is called, beside what the machine's configuration says of keys, agents, jump hosts and known hosts. Nothing
 * is asked, no host key is taken on trust, nothing of this machine is forwarded to the node.
 */
const settings = [
  'BatchMode=yes',
  `ConnectTimeout=${connectSeconds}`,
  'ServerAliveInterval=15',
  'ServerAliveCountMax=4',
  'ClearAllForwardings=yes',
  'ForwardAgent=no',
  'ForwardX11=no',
  'PermitLocalCommand=no',
  'RemoteCommand=none',
  'LogLevel=ERROR',
];

/** What it knows a node by: names first, since `Host` of a configuration and known hosts mostly hold these. */
export function sshHosts(node: JsonObject): readonly string[] {
  const addresses = asObjects(dig(node, 'status', 'addresses'));
  const all = ['Hostname', 'InternalIP', 'ExternalIP'].flatMap((wanted) =>
    addresses.flatMap(({ type, address }) => (type === wanted ? (asText(address) ?? []) : [])),
  );
  const names = [digText(node, 'metadata', 'name') ?? '', ...all];
  return [...new Set(names)].filter((name) => /^[\w:][\w.:%-]*$/.test(name));
}

/**
 * Enters a node with the `ssh` of this machine; as root, or with `sudo` that asks nothing. One connection carries all
 * scripts. That the machine is the node is checked. Errors: NodeAccessError.
 */
export async function openSsh(
  node: JsonObject,
  signal: AbortSignal,
  options: SshOptions = {},
): Promise<NodeShell> {
  let failure = new NodeAccessError('failed', 'the node has no address');
  for (const host of sshHosts(node)) {
    try {
      return await openHost(host, node, signal, options);
    } catch (error) {
      if (!(error instanceof NodeAccessError)) throw error;
      failure = worse(failure, error);
      // Somebody else may have taken its place, or there is no program: no other name helps.
      if (error.reason === 'host-key-changed' || error.reason === 'no-ssh') break;
    }
  }
  throw failure;
}

/** That nobody answers by one name says less than what was said by another; of two silences the last counts. */
function worse(before: NodeAccessError, now: NodeAccessError): NodeAccessError {
  const isSilent = ({ reason }: NodeAccessError): boolean => ['failed', 'ssh-unreachable'].includes(reason);
  return isSilent(now) && !isSilent(before) ? before : now;
}

async function openHost(
  host: string,
  node: JsonObject,
  signal: AbortSignal,
  { user, program: [path, ...first] = ['ssh'] }: SshOptions,
): Promise<NodeShell> {
  const folder = await makeTemporaryFolder('ssh');
  // The ssh of Windows knows no masters.
  const control = process.platform === 'win32' ? [] : [`ControlPath=${join(folder, 's')}`];
  const master = control.flatMap((one) => [one, 'ControlMaster=auto', `ControlPersist=${persistSeconds}`]);
  const args = [
    ...first,
    ...[...settings, ...master].flatMap((one) => ['-o', one]),
    ...(user === undefined ? [] : ['-l', user]),
    '-T',
  ];
  const run = async (as: string, script: string, options: RunOptions = {}): Promise<ShellResult> => {
    const { command, input } = sent(script, options);
    const words = [...args, '--', host, `exec ${as}/bin/sh -c ${quoted(command)}`];
    const result = await called(path, words, input, signal, options);
    if (result.exit === 255) throw sshFailure(host, result.stderr);
    return result;
  };
  const close = async (): Promise<void> => {
    const end = [...args, '-O', 'exit', '--', host];
    if (control.length > 0) await called(path, end, '', AbortSignal.timeout(5000), {}).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const as = await enter(host, node, run);
    return { access: 'ssh', run: async (script, options) => await run(as, script, options), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function called(
  path: string,
  args: readonly string[],
  input: string | AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  options: RunOptions,
): Promise<ShellResult> {
  try {
    return await runBounded({ path, args, input, signal }, options);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new NodeAccessError('no-ssh', 'there is no program ssh on this machine', { cause: error });
  }
}

/** Checks that the machine is the node, and gives what makes its scripts run as root. */
async function enter(
  host: string,
  node: JsonObject,
  run: (as: string, script: string) => Promise<ShellResult>,
): Promise<string> {
  const { stdout } = await run('', 'id -u; cat /proc/sys/kernel/random/boot_id; cat /etc/machine-id');
  const [uid, boot = '', machine = ''] = stdout.split('\n').map((line) => line.trim());
  const told = [
    [boot, digText(node, 'status', 'nodeInfo', 'bootID')],
    [machine, digText(node, 'status', 'nodeInfo', 'machineID')],
  ].filter(([here, there]) => here !== '' && there !== undefined && there !== '');
  if (told.length > 0 && !told.some(([here, there]) => here === there)) {
    throw new NodeAccessError('other-machine', `${host} is another machine than the node`);
  }
  if (uid === '0') return '';
  const { exit, stderr } = await run('sudo -n ', 'true');
  if (exit === 0) return 'sudo -n ';
  throw new NodeAccessError('no-sudo', stderr.trim().slice(0, 200) || `sudo on ${host} wants a password`);
}
