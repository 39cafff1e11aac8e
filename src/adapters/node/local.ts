import { networkInterfaces } from 'node:os';
import { asObjects, asText, dig } from '../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { runBounded } from './run-bounded.ts';
import { sent } from './script.ts';
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
    run: async (script, options = {}) => {
      const { command, input } = sent(script, options);
      return await runBounded({ path: '/bin/sh', args: ['-c', command], input, signal }, options);
    },
    close: async () => undefined,
  };
}
