import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectUpstreams, type FaultRequest, type UpstreamsClient } from './client.ts';

/** A network namespace of our own, with iptables in it; needs no root where user namespaces are allowed. */
const ISOLATED = ['-r', '-n', 'sh', '-c'];
const POSSIBLE =
  succeeds('unshare', [...ISOLATED, 'ip link set lo up && iptables -S']) && succeeds('openssl', ['version']);

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const run = promisify(execFile);

let folder: string;
let child: ChildProcess;
let output = '';
let upstreams: UpstreamsClient;

function succeeds(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Runs a shell command in the namespace; answers what it printed. */
async function inside(command: string): Promise<string> {
  const { stdout } = await run('nsenter', [
    '-t',
    `${child.pid}`,
    '-U',
    '-n',
    '--preserve-credentials',
    'sh',
    '-c',
    command,
  ]);
  return stdout.trim();
}

async function connectTo(address: string, port: number): Promise<string> {
  const script = `const socket = require('node:net').connect(${port}, '${address}');
    socket.setTimeout(500, () => { console.log('silence'); socket.destroy(); });
    socket.on('connect', () => { console.log('connected'); socket.destroy(); });
    socket.on('error', (error) => console.log(error.code));`;
  const { stdout } = await run('nsenter', [
    '-t',
    `${child.pid}`,
    '-U',
    '-n',
    '--preserve-credentials',
    process.execPath,
    '-e',
    script,
  ]);
  return stdout.trim();
}

describe.skipIf(!POSSIBLE)('the process, in a network namespace of its own', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'upstreams-'));
    const [cert, key] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-subj',
      '/CN=ca',
      '-keyout',
      key,
      '-out',
      cert,
    ]);
    const args = ['--dir', folder, '--ca', cert, '--ca-key', key];
    const addresses = ['--addresses', '127.0.0.100-127.0.0.119', '--dns', '127.0.0.53'];
    const command = ['ip link set lo up && exec "$@"', 'sh', process.execPath, MAIN, ...args, ...addresses];
    child = spawn('unshare', [...ISOLATED, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    while (!output.includes('\n'))
      await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')]);
    upstreams = connectUpstreams(join(folder, 'control.sock'));
  });
  afterAll(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  test('listens on the real ports and says so', async () => {
    expect(output).toBe('upstreams: 11 hosts, DNS at 127.0.0.53:53\n');
    expect(await upstreams.health()).toEqual({ ok: true, hosts: 11, dns: '127.0.0.53:53' });
    const hosts = await upstreams.hosts();
    expect(hosts[0]).toEqual({
      host: 'registry-1.docker.io',
      address: '127.0.0.100',
      port: 443,
      state: 'up',
    });
    expect(await connectTo('127.0.0.110', 80)).toBe('connected');
  });

  test('hang: packets are swallowed, and only for this host', async () => {
    await upstreams.setHost('docker.io', 'hang');
    expect(await connectTo('127.0.0.100', 443)).toBe('silence');
    expect(await connectTo('127.0.0.101', 443)).toBe('connected');
    await upstreams.setHost('docker.io', 'refuse');
    expect(await connectTo('127.0.0.100', 443)).toBe('ECONNREFUSED');
    await upstreams.reset();
    expect(await connectTo('127.0.0.100', 443)).toBe('connected');
  });

  test('faults, images and requests over the control socket', async () => {
    const id = await upstreams.addFault({
      host: 'quay.io',
      repository: 'a b',
      kind: 'slow',
      bytesPerSecond: 5,
    });
    expect(await upstreams.faults()).toMatchObject([{ id, host: 'quay.io', repository: 'a b', hits: 0 }]);
    await upstreams.removeFault(id);
    await expect(upstreams.removeFault(id)).rejects.toThrow('no fault has the id');
    const image = await upstreams.makeImage({ name: 'quay.io/acme/web:1', runnable: false });
    expect(image.index).toMatch(/^sha256:/);
    expect(await upstreams.deleteImages('quay.io/acme')).toBe(1);
    expect(await upstreams.requests({ host: 'docker.io', since: 0 })).toMatchObject({ requests: [] });
  });

  test('a call that makes no sense is refused', async () => {
    const fault = { host: 'quay.io', repository: '', kind: 'status', status: 200 } as unknown as FaultRequest;
    await expect(upstreams.addFault(fault)).rejects.toThrow('400');
    await expect(upstreams.makeImage({ name: 'not an image' })).rejects.toThrow('400');
    await expect(upstreams.setHost('example.com', 'up')).rejects.toThrow('no host here');
  });

  test('SIGTERM ends it and leaves no rule', async () => {
    await upstreams.setHost('docker.io', 'hang');
    const keeper = spawn('nsenter', [
      '-t',
      `${child.pid}`,
      '-U',
      '-n',
      '--preserve-credentials',
      'sleep',
      '60',
    ]);
    await once(keeper, 'spawn');
    expect(await inside('iptables -S')).toContain('PULLMEND-HANG');
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
    const { stdout } = await run('nsenter', [
      '-t',
      `${keeper.pid}`,
      '-U',
      '-n',
      '--preserve-credentials',
      'iptables',
      '-S',
    ]);
    keeper.kill();
    expect(stdout).not.toContain('PULLMEND-HANG');
  });
});

test('without its folder and authority it says how it is called', async () => {
  const { status, stderr } = spawnSync(process.execPath, [MAIN], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([2, expect.stringContaining('usage: ')]);
});
