import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { x } from 'tinyexec';
import type { Runtime } from '../../src/adapters/node/index.ts';

/** A folder with another `containerd` than Debian's, e.g. one of 2.x: what is shown here is shown of that one too. */
const another = process.env['PULLMEND_CONTAINERD'];

/** A containerd in a mount namespace of its own, as a service of a `systemctl` that knows this one alone. */
export type OwnContainerd = {
  readonly config: string;
  /** As a kubelet tells it: `containerd://1.6.20`. */
  readonly version: string;
  /** The process as it runs now. */
  readonly runtime: () => Promise<Runtime>;
  /** A file as the namespace sees it. */
  readonly read: (path: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** What keeps it from being started here: no root, or no containerd. */
export function noContainerd(): string | undefined {
  if (process.getuid?.() !== 0) return 'needs root';
  return existsSync('/usr/bin/containerd') && existsSync('/usr/bin/systemctl')
    ? undefined
    : 'needs the Debian packages containerd and systemd';
}

/** The version of the one that is started here, as a kubelet tells it: `containerd://1.6.20`. */
export function ownVersion(): string {
  const said = spawnSync(join(another ?? '/usr/bin', 'containerd'), ['--version'], { encoding: 'utf8' });
  return `containerd://${/ v?(\d+\.\S+)/.exec(said.stdout ?? '')?.[1] ?? ''}`;
}

/** @param config text of `config.toml` */
export async function startContainerd(config: string): Promise<OwnContainerd> {
  const dir = await mkdtemp(join(tmpdir(), 'pullmend-containerd-'));
  await mkdir(join(dir, 'etc'));
  await writeFile(join(dir, 'etc/config.toml'), config);
  await writeFile(join(dir, 'systemctl'), service(dir));
  await chmod(join(dir, 'systemctl'), 0o755);
  await x('mkdir', ['-p', '/etc/containerd']);
  const script = [
    `mount --bind ${dir}/etc /etc/containerd`,
    'mount -t tmpfs own /run',
    `mount --bind ${dir}/systemctl /usr/bin/systemctl`,
    ...(another === undefined ? [] : [`mount --bind ${another}/containerd /usr/bin/containerd`]),
    'systemctl restart containerd',
    'exec sleep 600',
  ].join(' && ');
  const holder = spawn('unshare', ['--mount', '--propagation=private', 'sh', '-c', script], {
    stdio: 'ignore',
  });
  const root = `/proc/${holder.pid ?? 0}/root`;
  const own = {
    version: ownVersion(),
    config: '/etc/containerd/config.toml',
    runtime: async (): Promise<Runtime> => {
      const pid = (await readFile(join(root, 'run/own.pid'), 'utf8')).trim();
      return {
        name: 'containerd',
        pid,
        args: ['--config', '/etc/containerd/config.toml'],
        env: {},
        hasCurl: false,
      };
    },
    read: async (path: string) => await readFile(join(root, path), 'utf8'),
    close: async () => {
      const { pid } = await own.runtime();
      process.kill(Number(pid));
      holder.kill();
      await sleep(300);
      await rm(dir, { recursive: true, force: true });
    },
  };
  for (let tries = 0; !existsSync(join(root, 'run/containerd/containerd.sock')); tries += 1) {
    if (tries > 200) throw new Error('containerd does not start');
    await sleep(50);
  }
  return own;
}

function service(dir: string): string {
  return `#!/bin/sh
case "$*" in
"is-active --quiet containerd") exit 0 ;;
"restart containerd") ;;
*) exit 3 ;;
esac
[ ! -f /run/own.pid ] || { kill "$(cat /run/own.pid)"; while kill -0 "$(cat /run/own.pid)" 2>/dev/null; do sleep 0.1; done; }
setsid containerd --config /etc/containerd/config.toml --root ${dir}/root --state /run/own --log-level error >/run/own.log 2>&1 </dev/null &
echo $! >/run/own.pid
`;
}
