import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';

/** A docker-registry on loopback, with a folder of its own. */
export type DockerRegistry = { readonly authority: string; close(): Promise<void> };

/** How often a starting registry is asked whether it answers; 100 ms apart. */
const startTries = 100;

/** Debian's; or another program of distribution, which takes the same configuration. */
export async function startDockerRegistry(program = 'docker-registry'): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'docker-registry-'));
  const authority = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'config.yml');
  const yaml = `version: 0.1
log: {level: error, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: ${join(folder, 'data')}}, delete: {enabled: true}}
http: {addr: "${authority}"}
`;
  await writeFile(config, yaml);
  const server = spawn(program, ['serve', config], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  for (let tries = 0; !(await answers(authority)); tries++) {
    if (tries === startTries || server.exitCode !== null) throw new Error('docker-registry does not start');
    await pause(100);
  }
  return {
    authority,
    async close() {
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function answers(authority: string): Promise<boolean> {
  return await fetch(`http://${authority}/v2/`).then(
    (reply) => reply.ok,
    () => false,
  );
}
