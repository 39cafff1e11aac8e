import { randomBytes } from 'node:crypto';
import {
  containerdRoute,
  crioRoute,
  dockerRoute,
  hostFolders,
  readContainerdConfig,
  type NodeFile,
  type RuntimeRoute,
} from '../../core/knowledge/runtimes/index.ts';
import type { Reference } from '../../core/image/index.ts';
import { quoted } from './quoted.ts';
import { NodeAccessError, type NodeShell } from './shell.ts';

/** The runtime of a node as it runs: what it was started with, and its own view of the files. */
export type Runtime = {
  readonly name: 'containerd' | 'crio' | 'dockerd';
  readonly pid: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly hasCurl: boolean;
};

/** As much of a file as settings ever have. */
const maxFileBytes = 65_536;
/** As `registries.conf.d` ever has. */
const maxFiles = 50;

/** Process names by the scheme of `nodeInfo.containerRuntimeVersion`. */
const processes: Readonly<Record<string, Runtime['name']>> = {
  containerd: 'containerd',
  'cri-o': 'crio',
  docker: 'dockerd',
};

/**
 * Finds the runtime's process, by its name in this network namespace: a node may run others inside containers.
 *
 * @param version e.g. `containerd://1.6.20`. Errors: NodeAccessError.
 */
export async function findRuntime(shell: NodeShell, version: string): Promise<Runtime> {
  const name = processes[version.split(':', 1).join('')];
  if (name === undefined)
    throw new NodeAccessError('no-runtime', `the runtime ${version || 'of the node'} is not known`);
  const mark = randomBytes(8).toString('hex');
  const { stdout } = await shell.run(`
net=$(readlink /proc/self/ns/net)
for dir in /proc/[0-9]*; do
  read -r name 2>/dev/null <"$dir/comm" || continue
  [ "$name" = ${name} ] && [ "$(readlink "$dir/ns/net")" = "$net" ] || continue
  # Its own program prints settings too, and is gone a moment later.
  case " $(tr '\\0' ' ' <"$dir/cmdline")" in *" config "*|*" --validate "*|*" --help "*) continue ;; esac
  echo "\${dir#/proc/}"
  tr '\\0' '\\n' <"$dir/cmdline"
  echo ${mark}
  tr '\\0' '\\n' <"$dir/environ" | grep -iE '^(https?_proxy|no_proxy|all_proxy|ssl_cert_file)='
  echo ${mark}
  chroot "$dir/root" /bin/sh -c 'command -v curl'
  break
done`);
  const [head = '', env = '', curl = ''] = stdout.split(`${mark}\n`);
  const [pid = '', ...args] = head.trimEnd().split('\n');
  if (pid === '') throw new NodeAccessError('no-runtime', `no process ${name} is found on it`);
  const variables = env
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/=(.*)/s, 2) as [string, string?]);
  return {
    name,
    pid,
    args,
    env: Object.fromEntries(variables.map(([key, value = '']) => [key, value])),
    hasCurl: curl.trim() !== '',
  };
}

/** Which servers the runtime asks for an image, from the files that it reads. */
export async function readRoute(
  shell: NodeShell,
  runtime: Runtime,
  reference: Reference,
): Promise<RuntimeRoute> {
  const files = async (words: string): Promise<readonly NodeFile[]> => await readFiles(shell, runtime, words);
  switch (runtime.name) {
    case 'crio':
      return crioRoute(
        await files('/etc/containers/registries.conf /etc/containers/registries.conf.d/*.conf'),
        reference,
      );
    case 'dockerd': {
      const [file] = await files(
        quoted(argument(runtime.args, ['--config-file']) ?? '/etc/docker/daemon.json'),
      );
      return dockerRoute(file, runtime.args, reference);
    }
    case 'containerd': {
      const [file] = await files(
        quoted(argument(runtime.args, ['--config', '-c']) ?? '/etc/containerd/config.toml'),
      );
      const config = file === undefined ? undefined : readContainerdConfig(file);
      if (config === undefined) return containerdRoute(undefined, undefined, reference);
      const folder = await firstFolder(shell, runtime, hostFolders(config, reference.registry));
      const [hosts] = folder === undefined ? [] : await files(quoted(`${folder}/hosts.toml`));
      return containerdRoute(config, hosts, reference);
    }
  }
}

export function argument(args: readonly string[], flags: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (flags.includes(arg)) return args[index + 1];
    const flag = flags.find((each) => arg.startsWith(`${each}=`));
    if (flag !== undefined) return arg.slice(flag.length + 1);
  }
  return undefined;
}

async function firstFolder(
  shell: NodeShell,
  { pid }: Runtime,
  folders: readonly string[],
): Promise<string | undefined> {
  if (folders.length === 0) return undefined;
  const { stdout } = await shell.run(
    `for dir in ${folders.map(quoted).join(' ')}; do [ -d "/proc/${pid}/root$dir" ] && echo "$dir" && break; done`,
  );
  return stdout.trimEnd() || undefined;
}

/** Files as the runtime sees them, in the order of the words of the shell that name them. */
async function readFiles(shell: NodeShell, { pid }: Runtime, words: string): Promise<readonly NodeFile[]> {
  const mark = randomBytes(8).toString('hex');
  const { stdout } = await shell.run(`
cd "/proc/${pid}/root" || exit
for file in ${words.replaceAll(/(^| )(['"]?)\//g, '$1$2./')}; do
  [ -f "$file" ] || continue
  echo "${mark} \${file#.}"
  head -c ${maxFileBytes} "$file"
done`);
  return stdout
    .split(`${mark} `)
    .slice(1, maxFiles + 1)
    .map((part) => ({ path: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n') + 1) }));
}
