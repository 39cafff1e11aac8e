import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { quoted } from '../quoted.ts';
import type { Runtime } from '../survey.ts';
import { NodeAccessError, type NodeShell } from '../shell.ts';
import type { NodeFileBack } from './write.ts';
import { functions, restoring } from './write.ts';

/** A service that has not come up by then does not. */
const usualWellSeconds = 60;
/** Twice that, when it has to be started with the former files. */
const endMs = 200_000;
const pollMs = 2000;

/** `docker` is the service of the process `dockerd`; containerd inside k3s is started by k3s. */
const services: Readonly<Record<Runtime['name'], readonly string[]>> = {
  containerd: ['containerd', 'k3s', 'k3s-agent', 'rke2-server', 'rke2-agent'],
  crio: ['crio', 'cri-o'],
  dockerd: ['docker'],
};

/** What says that the runtime is well; the CRI plug-in can be off while containerd itself runs. */
const probes: Readonly<Record<Runtime['name'], string>> = {
  containerd: `ctr plugins ls 2>/dev/null | awk '$2 == "cri" || $2 == "images" { n++; if ($NF != "ok") bad = 1 } END { exit !(n > 0 && !bad) }'`,
  crio: 'crictl version >/dev/null 2>&1 || pgrep -x crio >/dev/null',
  dockerd: 'docker version >/dev/null 2>&1',
};

type RestartOptions = {
  readonly run: string;
  readonly signal: AbortSignal;
  /** How long the service may take to be well; twice, when the former files are put back. */
  readonly wellSeconds?: number;
};

/**
 * Starts the runtime's service anew and waits until it is well. Where it is not, the former files are put back and it is
 * started with them: by the node itself, since nobody can get onto it then.
 *
 * @returns undefined when it is well, else why it was not. Errors: the reason of the signal.
 */
export async function restartRuntime(
  shell: NodeShell,
  runtime: Pick<Runtime, 'name' | 'pid'>,
  files: readonly NodeFileBack[],
  { run, signal, wellSeconds = usualWellSeconds }: RestartOptions,
): Promise<string | undefined> {
  const result = `/run/pullmend-restart-${randomBytes(4).toString('hex')}`;
  const calls = files
    .toReversed()
    .map(({ path, before = '-', after }) => `back ${quoted(path)} ${before} ${after}`);
  const work = `
mark=it run=${quoted(run)} dry=no told='' result=${result}
tell() { echo "$1" >"$result.new"; mv "$result.new" "$result"; told=yes; }
trap '[ -n "$told" ] || tell "failed another run of pullmend changes this node"' EXIT
${functions}
${restoring}
service=''
for one in ${services[runtime.name].join(' ')}; do
  if systemctl is-active --quiet "$one" 2>/dev/null; then service="systemctl restart $one"; break; fi
  if rc-service "$one" status >/dev/null 2>&1; then service="rc-service $one restart"; break; fi
done
well() { i=0; while [ $i -lt ${wellSeconds} ]; do sleep 1; i=$((i + 1)); if ${probes[runtime.name]}; then return 0; fi; done; return 1; }
why='no systemd and no OpenRC runs this service'
if [ -n "$service" ]; then
  why=$($service 2>&1 9>&- | tail -n 1) && well && { tell ok; exit; }
  [ -n "$why" ] || why="it is not well ${wellSeconds} s after its start"
fi
${calls.join('\n')}
[ -z "$service" ] || { $service 9>&-; well; }
tell "failed $why"`;
  // In the mount namespace of the service: that of a debug pod has another /run.
  const script = `setsid nsenter -t ${runtime.pid} -m -- /bin/sh -c ${quoted(work)} >/dev/null 2>&1 </dev/null &`;
  // Whoever ends with the script takes along what has no session of its own yet.
  await shell.run(`${script}\nsleep 1`);
  return await outcomeOf(shell, result, signal);
}

async function outcomeOf(shell: NodeShell, result: string, signal: AbortSignal): Promise<string | undefined> {
  const end = performance.now() + endMs;
  let why = 'it tells nothing';
  while (performance.now() < end) {
    await sleep(pollMs, undefined, { signal });
    try {
      // The former process is gone: any process of the host's mount namespace will do to look.
      const { stdout } = await shell.run(`
for root in "" /proc/1/root /proc/[0-9]*/root; do
  [ -f "$root${result}" ] || continue
  cat "$root${result}"; rm -f "$root${result}"; break
done`);
      if (stdout.startsWith('ok')) return undefined;
      if (stdout.startsWith('failed ')) return stdout.slice('failed '.length).trim().slice(0, 300);
    } catch (error) {
      // While the runtime is away nothing runs in its containers.
      if (!(error instanceof NodeAccessError)) throw error;
      why = error.message;
    }
  }
  return why;
}

/** Lets the service read its settings anew, as it does on SIGHUP (dockerd(8), crio(8)). */
export async function reloadRuntime(shell: NodeShell, { pid }: Pick<Runtime, 'pid'>): Promise<void> {
  await shell.run(`kill -HUP ${pid}`);
}
