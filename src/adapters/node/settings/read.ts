import { createHash, randomBytes } from 'node:crypto';
import type { NodeState, RuntimeKind } from '../../../core/node-config/index.ts';
import { NodeAccessError, type NodeShell } from '../shell.ts';
import { quoted } from '../quoted.ts';
import { argument, type Runtime } from '../survey.ts';

/** As much of a file as settings ever have; a larger one is not edited. */
const maxFileBytes = 262_144;
/** As many as a node ever has registries. */
const maxFiles = 200;

/**
 * What a node's runtime is set to. Errors: NodeAccessError.
 *
 * @param version as the kubelet tells it, e.g. `containerd://1.6.20`.
 * @param more further files to read.
 */
export async function readNodeState(
  shell: NodeShell,
  runtime: Runtime,
  version: string,
  more: readonly string[] = [],
): Promise<NodeState> {
  const kind = kindOf(runtime);
  const main = mainFile(kind, runtime);
  const words = [...[main, ...also[kind]].map(globbed), ...more.map(quoted)];
  const dump = kind === 'containerd' ? `containerd --config ${quoted(main)} config dump 2>/dev/null` : ':';
  const mark = randomBytes(8).toString('hex');
  const script = `
for file in ${words.join(' ')}; do
  [ -f "$file" ] || continue
  size=$(wc -c <"$file")
  echo "${mark} file $size $file"
  [ "$size" -le ${maxFileBytes} ] && cat "$file"
  echo
done
age=$(stat -c %Y ${quoted(main)} 2>/dev/null || echo 0)
start=$(awk -v hz="$(getconf CLK_TCK 2>/dev/null || echo 100)" 'NR == FNR { if ($1 == "btime") boot = $2; next } { sub(/.*\\) /, ""); print boot + int($20 / hz) }' /proc/stat /proc/${runtime.pid}/stat)
[ "$age" -gt "\${start:-0}" ] && echo "${mark} younger"
echo "${mark} effective"
${dump}
echo
for folder in /etc/containerd/certs.d/*/ /etc/docker/certs.d/*/; do
  [ -d "$folder" ] && echo "${mark} folder $folder"
done`;
  const { stdout } = await inRoot(shell, runtime, script);
  const parts = stdout.split(`${mark} `).slice(1);
  const files = parts
    .filter((part) => part.startsWith('file '))
    .slice(0, maxFiles)
    .map((part) => fileIn(part));
  const effective = parts
    .find((part) => part.startsWith('effective\n'))
    ?.slice('effective\n'.length)
    .trim();
  const folders = parts
    .filter((part) => part.startsWith('folder '))
    .map((part) => part.slice('folder '.length).trim().replace(/\/$/, ''));
  return {
    runtime: kind,
    version: version.replace(/^.*:\/\//, ''),
    main,
    files,
    folders,
    ...(parts.some((part) => part.startsWith('younger')) ? { mainIsYounger: true } : {}),
    ...(effective === undefined || effective === '' ? {} : { effective }),
  };
}

/** `file SIZE PATH`, its bytes, and the line break of the script. */
function fileIn(part: string): { readonly path: string; readonly text: string } {
  const [, size = '0', path = ''] = /^file +(\d+) (.*)\n/.exec(part) ?? [];
  const text = part.slice(part.indexOf('\n') + 1, -1);
  if (Buffer.byteLength(text) !== Number(size)) {
    throw new NodeAccessError('failed', `${path} is no text, or too large to be edited`);
  }
  return { path, text };
}

/** The files that matter besides the main one, as words of the shell. */
const also: Readonly<Record<RuntimeKind, readonly string[]>> = {
  containerd: ['/etc/containerd/certs.d/*/hosts.toml', '/etc/containerd/certs.d/*/pullmend-*.crt'],
  crio: [
    '/etc/containers/registries.conf.d/*.conf',
    '/etc/crio/crio.conf.d/99-pullmend.conf',
    '/etc/containers/certs.d/*/pullmend.crt',
  ],
  dockerd: ['/etc/docker/certs.d/*/pullmend.crt'],
  k3s: ['/etc/rancher/pullmend/*.crt'],
};

function kindOf({ name, args }: Runtime): RuntimeKind {
  return name === 'containerd' && args.some((arg) => arg.includes('/agent/etc/containerd/')) ? 'k3s' : name;
}

function mainFile(kind: RuntimeKind, { args }: Runtime): string {
  switch (kind) {
    case 'containerd':
      return argument(args, ['--config', '-c']) ?? '/etc/containerd/config.toml';
    case 'crio':
      return '/etc/containers/registries.conf';
    case 'dockerd':
      return argument(args, ['--config-file']) ?? '/etc/docker/daemon.json';
    case 'k3s':
      return `/etc/rancher/${args.some((arg) => arg.includes('/rke2/')) ? 'rke2' : 'k3s'}/registries.yaml`;
  }
}

/** A word of the shell in which only `*` is more than a letter. */
function globbed(path: string): string {
  return path.split('*').map(quoted).join('*');
}

/** An exec can lose what a quick script printed; each script here may run twice. */
const attempts = 3;

/** Runs a script with the root folder of the runtime: its own view of files, links among them too. */
export async function inRoot(
  shell: NodeShell,
  { pid }: Pick<Runtime, 'pid'>,
  script: string,
): Promise<Awaited<ReturnType<NodeShell['run']>>> {
  const end = `END${randomBytes(8).toString('hex')}`;
  // The root folder of two mount namespaces is the same one; what is mounted below it is not.
  const enter = `mounts=$(readlink /proc/${pid}/ns/mnt); root=/proc/${pid}/root
if [ "$mounts" = "$(readlink /proc/self/ns/mnt)" ] && [ "$root" -ef / ]; then enter=''; else enter="chroot $root"; fi`;
  const whole = `${enter}\n$enter /bin/sh -s <<'${end}'\ntrap 'echo; echo ${end}' EXIT\n${script}\n${end}`;
  let said = '';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const result = await shell.run(whole);
    const at = result.stdout.lastIndexOf(`\n${end}\n`);
    if (at >= 0) return { ...result, stdout: result.stdout.slice(0, at) };
    said = result.stderr;
  }
  throw new NodeAccessError('failed', `its script did not end: ${said.trim().slice(0, 300)}`);
}

/** sha256 of a text's bytes, as hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
