import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasSshd, startSshd, type Sshd } from '../../../test/support/sshd.ts';
import { localShell } from './local.ts';
import { runBounded } from './run-bounded.ts';
import { sent } from './script.ts';
import type { NodeAccessError, NodeShell } from './shell.ts';
import { openSsh, sshHosts } from './ssh.ts';

const signal = new AbortController().signal;
const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
const node = {
  metadata: { name: 'n1' },
  status: { nodeInfo: { bootID: boot }, addresses: [{ type: 'InternalIP', address: '127.0.0.1' }] },
};

let sshd: Sshd;
beforeAll(async () => {
  if (hasSshd) sshd = await startSshd();
});
afterAll(async () => {
  if (hasSshd) await sshd.close();
});

const ways = [
  { way: 'local', there: process.platform === 'linux', open: () => Promise.resolve(localShell(signal)) },
  { way: 'ssh', there: hasSshd, open: async () => await openSsh(node, signal, { program: sshd.program }) },
];

/** What every way onto a node keeps; the lab has the same for a debug pod. */
describe.each(ways)('a shell by $way', ({ there, open, way }) => {
  async function inShell(use: (shell: NodeShell) => Promise<void>): Promise<void> {
    const shell = await open();
    try {
      expect(shell.access).toBe(way);
      await use(shell);
    } finally {
      await shell.close();
    }
  }

  test.runIf(there)('words, errors and the end of a script are told', async () => {
    await inShell(async (shell) => {
      const script = `read -r line && echo "never: $line"; printf 'it'"'"'s "$5" \\\\ 好\n'; echo err >&2; exit 7`;
      expect(await shell.run(script)).toEqual({ stdout: `it's "$5" \\ 好\n`, stderr: 'err\n', exit: 7 });
    });
  });

  test.runIf(there)('input reaches the script byte for byte, cut to its length', async () => {
    await inShell(async (shell) => {
      const bytes = randomBytes(3_000_001);
      const length = 3_000_000;
      const stream = chunksOf(bytes, 77_777);
      const { stdout } = await shell.run('sha256sum', { input: { length, stream } });
      expect(stdout.split(' ')[0]).toBe(createHash('sha256').update(bytes.subarray(0, length)).digest('hex'));
    });
  });

  test.runIf(there)('input that ends early, or fails, is an error', async () => {
    await inShell(async (shell) => {
      const short = { length: 10, stream: chunksOf(Buffer.from('123'), 2) };
      await expect(shell.run('cat', { input: short })).rejects.toMatchObject({ message: /7 bytes early/ });
      const broken = { length: 10, stream: failing() };
      await expect(shell.run('cat', { input: broken })).rejects.toThrow('the source broke');
    });
  });

  test.runIf(there)('a script that reads nothing of its input ends, and the source is left', async () => {
    await inShell(async (shell) => {
      let left = false;
      const stream = (async function* () {
        try {
          for (;;) yield Buffer.alloc(65_536);
        } finally {
          left = true;
        }
      })();
      const { exit } = await shell.run('exit 3', { input: { length: 1e12, stream } });
      expect(exit).toBe(3);
      await expect.poll(() => left).toBe(true);
    });
  });

  test.runIf(there)('a source is read no faster than the script reads', async () => {
    await inShell(async (shell) => {
      let read = 0;
      const stream = (async function* () {
        for (;;) {
          read += 65_536;
          yield Buffer.alloc(65_536);
        }
      })();
      await shell.run('head -c 10 >/dev/null; sleep 1', { input: { length: 1e12, stream } });
      expect(read).toBeLessThan(32 * 1024 * 1024);
    });
  });

  test.runIf(there)('bounds of time and output hold', async () => {
    await inShell(async (shell) => {
      const slow = shell.run('sleep 600', { timeoutSeconds: 0.5 });
      await expect(slow).rejects.toMatchObject({ reason: 'limit' });
      const loud = shell.run('cat /dev/zero', { maxOutputBytes: 100_000 });
      await expect(loud).rejects.toMatchObject({ reason: 'limit' });
      expect(await shell.run('echo still here')).toMatchObject({ stdout: 'still here\n', exit: 0 });
    });
  });
});

test.runIf(process.platform === 'linux')(
  'input that a script leaves is read, after its end was told',
  async () => {
    let read = 0;
    const stream = (async function* () {
      for (;;) {
        read += 65_536;
        yield Buffer.alloc(65_536);
      }
    })();
    const { command, input } = sent('echo out; exit 3', { input: { length: 3_000_000, stream } }, 'mark');
    const done = await runBounded({ path: '/bin/sh', args: ['-c', command], input }, {});
    expect(done).toEqual({ stdout: 'out\n\nmark 3\n', stderr: '\nmark 3\n', exit: 3 });
    expect(read).toBeGreaterThanOrEqual(3_000_000);
  },
);

describe.runIf(hasSshd)('SSH', () => {
  const reasonOf = async (opened: Promise<NodeShell>): Promise<string> =>
    await opened.then(
      async (shell) => {
        await shell.close();
        return 'opened';
      },
      (error: NodeAccessError) => error.reason,
    );

  test.each([
    ['wrong key', () => 'PubkeyAuthentication no', 'ssh-denied'],
    ['unknown host', () => 'UserKnownHostsFile /dev/null', 'host-key-unknown'],
    ['changed host', (at: string) => `UserKnownHostsFile ${at}/known-other`, 'host-key-changed'],
    ['nobody answers', () => 'Port 1', 'ssh-unreachable'],
    ['no such name', () => 'HostName node.invalid', 'ssh-unreachable'],
    [
      'own master and forwards',
      () => 'ControlMaster no\nRemoteCommand false\nLocalForward 1 127.0.0.1:1',
      'opened',
    ],
  ])('%s', async (name, lines, reason) => {
    const program = await sshd.programWith(name.replaceAll(' ', '-'), lines(sshd.folder));
    expect(await reasonOf(openSsh(node, signal, { program }))).toBe(reason);
  });

  test('no program, and another machine', async () => {
    expect(await reasonOf(openSsh(node, signal, { program: ['/none/ssh'] }))).toBe('no-ssh');
    const other = { ...node, status: { ...node.status, nodeInfo: { bootID: 'x', machineID: 'y' } } };
    expect(await reasonOf(openSsh(other, signal, { program: sshd.program }))).toBe('other-machine');
  });

  test('nothing of it stays', async () => {
    const own = (): readonly string[] =>
      readdirSync(tmpdir()).filter((name) => name.includes(`ssh-${process.pid}-`));
    const before = own();
    const shell = await openSsh(node, signal, { program: sshd.program });
    await shell.run('true');
    expect(own()).toHaveLength(before.length + 1);
    await shell.close();
    expect(own()).toEqual(before);
  });

  test.each([
    ['#!/bin/sh\nshift\nexec "$@"\n', 'opened'],
    ['#!/bin/sh\necho "sudo: a password is required" >&2\nexit 1\n', 'no-sudo'],
  ])('somebody who is not root', async (sudo, reason) => {
    const folder = await mkdtemp(join(tmpdir(), 'pullmend-sudo-'));
    // Plays ssh: runs the command here as a user who is not root.
    const ssh = `#!/bin/sh\nfor last; do :; done\n[ "$1" != "-O" ] || exit 0\nPATH=${folder}:$PATH exec setpriv --reuid 65534 --clear-groups --regid 65534 /bin/sh -c "$last"\n`;
    await writeFile(join(folder, 'sudo'), sudo);
    await writeFile(join(folder, 'ssh'), ssh);
    for (const name of ['.', 'sudo', 'ssh']) await chmod(join(folder, name), 0o755);
    expect(await reasonOf(openSsh(node, signal, { program: [join(folder, 'ssh')] }))).toBe(reason);
    await rm(folder, { recursive: true });
  });

  test('names before addresses, and nothing that ssh could take for an option', () => {
    const addresses = [
      { type: 'InternalIP', address: '10.0.0.1' },
      { type: 'Hostname', address: 'n1.corp' },
      { type: 'ExternalIP', address: '-oProxyCommand=x' },
    ];
    expect(sshHosts({ metadata: { name: 'n1' }, status: { addresses } })).toEqual([
      'n1',
      'n1.corp',
      '10.0.0.1',
    ]);
  });
});

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function* failing(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from('1'));
  throw new Error('the source broke');
}
