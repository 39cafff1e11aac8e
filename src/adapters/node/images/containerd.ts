import { argument, type Runtime } from '../survey.ts';
import { quoted } from '../quoted.ts';
import { NodeAccessError, type NodeShell, type ShellResult } from '../shell.ts';

/** Where hosts and their installers keep `ctr` and `crictl`. */
const path =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin:/var/lib/rancher/rke2/bin';

/** The namespace in which the kubelet's runtime interface keeps its images. */
const namespace = 'k8s.io';

/** Sockets of containerd, where its command line names none: that of its own, of k3s and RKE2, of microk8s and k0s. */
const sockets = [
  '/run/containerd/containerd.sock',
  '/run/k3s/containerd/containerd.sock',
  '/var/snap/microk8s/common/run/containerd.sock',
  '/run/k0s/containerd.sock',
];

/** What scripts about images begin with: `ctr` of the node, at its socket, in the kubelet's namespace. */
function preamble({ pid, args }: Runtime): string {
  const named = argument(args, ['--address', '-a']);
  const candidates = (named === undefined ? sockets : [named]).map(quoted).join(' ');
  return `
root=/proc/${pid}/root
namespace=${namespace}
on() { chroot "$root" /usr/bin/env -i PATH=${path} "$@"; }
socket=''
for one in ${candidates}; do [ -S "$root$one" ] && { socket=$one; break; }; done
[ -n "$socket" ] || { echo "containerd has no socket where it is looked for" >&2; exit 41; }
client='ctr'
on sh -c 'command -v ctr' >/dev/null 2>&1 || client='k3s ctr'
on sh -c "command -v \${client%% *}" >/dev/null 2>&1 || { echo "there is no ctr on it" >&2; exit 42; }
ctr() { on $client --address "$socket" --namespace "$namespace" "$@"; }
`;
}

/** Runs a script in which `ctr` speaks to the kubelet's images. Errors: NodeAccessError. */
export async function withCtr(
  shell: NodeShell,
  runtime: Runtime,
  script: string,
  options: Parameters<NodeShell['run']>[1] = {},
): Promise<ShellResult> {
  if (runtime.name !== 'containerd')
    throw new NodeAccessError('no-runtime', `images of ${runtime.name} cannot be named yet`);
  return await shell.run(`${preamble(runtime)}${script}`, options);
}
