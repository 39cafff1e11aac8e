import type { UnprobedReason } from '../../core/model/index.ts';
import { NodeAccessError } from './shell.ts';

/** What OpenSSH's client prints (sshconnect.c, sshconnect2.c, packet.c, misc.c), the first that fits. */
const said: readonly (readonly [RegExp, UnprobedReason])[] = [
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|differs from the key/, 'host-key-changed'],
  [/Host key verification failed|host key is known/, 'host-key-unknown'],
  [/Permission denied|Too many authentication failures|No supported authentication/, 'ssh-denied'],
  [
    /Could not resolve|Connection (?:refused|timed out|closed|reset)|No route|unreachable|Broken pipe|not responding|banner exchange/,
    'ssh-unreachable',
  ],
];

/** Reads why `ssh` ended with 255, from what it said. */
export function sshFailure(host: string, stderr: string): NodeAccessError {
  const reason = said.find(([pattern]) => pattern.test(stderr))?.[1] ?? 'failed';
  const lines = stderr.split('\n').map((line) => line.trim());
  const line = lines.findLast((one) => one !== '' && !one.startsWith('@')) ?? 'ssh gave no reason';
  return new NodeAccessError(reason, `${host}: ${line.slice(0, 200)}`);
}
