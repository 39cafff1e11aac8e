import { NodeAccessError, usualSeconds, type RunOptions } from './shell.ts';

/** Where hosts keep their programs; a login by SSH or an image may know other places, which come after. */
const hostPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** So much longer the node waits: whoever sent the script ends it first and says why. */
const graceSeconds = 5;

/** A script on its way to a node: a command that tells nothing of it, and what its standard input gets. */
export type Sent = {
  /** For `/bin/sh -c`; holds no single quote. */
  readonly command: string;
  readonly input: AsyncIterable<Uint8Array>;
};

/**
 * The script goes through standard input, before the bytes that are meant for it. It is read byte by byte, since a
 * shell or `head` of busybox would take more than its own; the end of the bytes is known by their number, since a
 * WebSocket of version 4 cannot close standard input (KEP-4006).
 *
 * @param endMark a word that both outputs end with, and the exit code, when the script has ended but not its input.
 */
export function sent(script: string, options: RunOptions, endMark?: string): Sent {
  const { input, timeoutSeconds = usualSeconds } = options;
  const from = input === undefined ? 'main </dev/null' : `head -c ${input.length} | ${reader(endMark)}`;
  const body = Buffer.from(`main() {\n${script}\n}\n${from}\n`);
  const seconds = Math.ceil(timeoutSeconds) + graceSeconds;
  const command = [
    `PATH="${hostPath}:$PATH"; export PATH; limit=""`,
    `timeout -k 5 9 true 2>/dev/null && limit="timeout -k 5 ${seconds}"`,
    String.raw`exec $limit /bin/sh -c "eval \"\$(dd bs=1 count=${body.length} 2>/dev/null)\""`,
  ].join('; ');
  return { command, input: inputOf(body, options.input) };
}

/** Input that the script leaves is read to its end, so that it stands in nobody's way; the end is told before. */
function reader(endMark: string | undefined): string {
  if (endMark === undefined) return 'main';
  const told = String.raw`printf "\n%s %s\n" ${endMark} "$code"`;
  return `{ ( main ); code=$?; ${told}; ${told} >&2; cat >/dev/null; exit "$code"; }`;
}

async function* inputOf(body: Uint8Array, input: RunOptions['input']): AsyncGenerator<Uint8Array> {
  yield body;
  if (input === undefined) return;
  let left = input.length;
  for await (const chunk of input.stream) {
    if (left === 0) return;
    const part = chunk.subarray(0, left);
    left -= part.length;
    yield part;
  }
  if (left > 0) throw new NodeAccessError('failed', `its input ended ${left} bytes early`);
}
