import { spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { asObjects, asText, dig } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import type { NodeShell } from './shell.ts';

/** True when this process runs on the node itself, as root. */
export function isThisMachine(node: JsonObject): boolean {
  if (process.getuid?.() !== 0) return false;
  const own = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  return asObjects(dig(node, 'status', 'addresses')).some(
    ({ type, address }) => type === 'InternalIP' && own.includes(asText(address) ?? ''),
  );
}

/** A shell of this machine. */
export function localShell(signal: AbortSignal): NodeShell {
  return {
    access: 'local',
    run: async (script) => {
      const child = spawn('/bin/sh', ['-s'], { signal, stdio: ['pipe', 'pipe', 'pipe'] });
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      child.on('error', reject);
      child.on('close', (exit) => resolve(exit ?? 1));
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
      child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
      child.stdin.end(`main() {\n${script}\n}\nmain </dev/null\n`);
      const exit = await promise;
      return { stdout, stderr, exit };
    },
    close: async () => undefined,
  };
}
