import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

const daemon = '/usr/sbin/sshd';

/** Debian's openssh-server, started as root. */
export const hasSshd = process.getuid?.() === 0 && existsSync(daemon) && existsSync('/usr/bin/ssh');

export type Sshd = {
  /** Calls `ssh` with a configuration that knows the server and has a key for it. */
  readonly program: readonly [string, ...string[]];
  /** The same with other lines in front, which win. */
  readonly programWith: (name: string, lines: string) => Promise<readonly [string, ...string[]]>;
  readonly folder: string;
  readonly close: () => Promise<void>;
};

/** A real sshd on loopback, for root with one key. */
export async function startSshd(): Promise<Sshd> {
  const folder = await mkdtemp(join(tmpdir(), 'pullmend-sshd-'));
  const port = await freePort();
  await mkdir('/run/sshd', { recursive: true });
  for (const key of ['host', 'other-host', 'user']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(folder, key)]);
  }
  const [host = '', other = ''] = ['host.pub', 'other-host.pub'].map((name) =>
    execFileSync('cat', [join(folder, name)], { encoding: 'utf8' }).trim(),
  );
  await writeFile(join(folder, 'known'), `[127.0.0.1]:${port} ${host}\n`);
  await writeFile(join(folder, 'known-other'), `[127.0.0.1]:${port} ${other}\n`);
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${join(folder, 'host')}`,
    `AuthorizedKeysFile ${join(folder, 'user.pub')}`,
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'StrictModes no',
    'UsePAM no',
    `PidFile none`,
  ];
  await writeFile(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  const child = spawn(daemon, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await untilListening(child.stderr);
  const programWith: Sshd['programWith'] = async (name, lines) => {
    const file = join(folder, name);
    const usual = [
      `Host *`,
      `  HostName 127.0.0.1`,
      `  Port ${port}`,
      `  User root`,
      `  IdentitiesOnly yes`,
      `  IdentityFile ${join(folder, 'user')}`,
      `  UserKnownHostsFile ${join(folder, 'known')}`,
      `  GlobalKnownHostsFile /dev/null`,
    ];
    await writeFile(file, `${lines}\n${usual.join('\n')}\n`);
    return ['ssh', '-F', file];
  };
  return {
    program: await programWith('usual', ''),
    programWith,
    folder,
    close: async () => {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function untilListening(log: NodeJS.ReadableStream): Promise<void> {
  let told = '';
  for await (const chunk of log) {
    told += String(chunk);
    if (told.includes('Server listening')) break;
  }
  if (!told.includes('Server listening')) throw new Error(`sshd: ${told}`);
}
