import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname } from 'node:path';
import { open } from 'node:fs/promises';
import type { WriteStream } from 'node:tty';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { exitCode, reasonOf } from '../../core/base/index.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { CliContext } from './context.ts';
import { run } from './run.ts';
import type { Output } from './screen.ts';

const { argv, env, stdin, stdout, stderr } = process;
const interrupt = new AbortController();

/** A question stands on the terminal. */
let isAsking = false;

/** What a run may take to bring itself into a known state; records and temporary files outlive a harder end. */
const graceMs = 1_900;

/** The first Ctrl-C asks for an end that leaves things in a known state; the second one does not wait. */
function onInterrupt(signal: NodeJS.Signals): void {
  if (interrupt.signal.aborted) process.exit(exitCode.interrupted);
  // The cursor stands behind the question.
  if (isAsking) stderr.write('\n');
  interrupt.abort();
  // Whatever does not end by itself in this time may hang in a call that nothing reaches, where `exit` would wait too.
  setTimeout(() => {
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  }, graceMs).unref();
}

function output(stream: WriteStream): Output {
  return {
    isTerminal: stream.isTTY,
    columns: () => stream.columns ?? 80,
    rows: () => stream.rows ?? 24,
    write: (written) => {
      stream.write(written);
    },
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, 'drain');
    },
  };
}

/** A whole line each, not a single key: a slip of the hand must not change a cluster. */
async function ask(question: string): Promise<string | undefined> {
  // Builtin modules that few commands need cost each start a millisecond or two.
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: stdin, output: stderr, terminal: false });
  const ended = new Promise<undefined>((resolve) => {
    lines.once('close', () => resolve(undefined));
  });
  isAsking = true;
  try {
    const { signal } = interrupt;
    const answer = await Promise.race([lines.question(question, { signal }), ended]);
    // Ctrl-D leaves the cursor behind the question.
    if (answer === undefined) stderr.write('\n');
    return answer;
  } catch (error) {
    if (interrupt.signal.aborted) return undefined;
    throw error;
  } finally {
    isAsking = false;
    lines.close();
  }
}

/** The alternate screen, so that what was on the terminal is there again afterwards, however this ends. */
function takeTerminal(onKey: (key: string) => void): () => void {
  const listen = (bytes: Buffer): void => {
    const key = bytes.toString('utf8');
    if (key === '\u0003') process.kill(process.pid, 'SIGINT');
    else onKey(key);
  };
  const release = (): void => {
    process.off('exit', release);
    stdout.off('resize', redraw);
    stdin.off('data', listen).pause();
    stdin.setRawMode(false);
    stdout.write('\u001b[?25h\u001b[?1049l');
  };
  const redraw = (): void => onKey('resize');
  process.once('exit', release);
  stdout.on('resize', redraw);
  stdin.setRawMode(true);
  stdin.on('data', listen).resume();
  stdout.write('\u001b[?1049h\u001b[?25l');
  return release;
}

/** Plans of thousands of steps, lists of all images of a company. */
const maxReadBytes = 256 * 1024 * 1024;

/** Of both halves together. Less, and what lives for a moment outlives it. */
const youngHeapBytes = 4 * 1024 * 1024;

/**
 * What is read is garbage soon, and V8 lets the place for new objects grow until tens of megabytes of it wait there
 * (`npm run bench:rewrite`: 284 MB, 160 with this, in the same time). It may grow so far and no further.
 */
function keepYoungHeapSmall(): void {
  const observer = new PerformanceObserver(() => {
    const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (young === undefined || young.space_size < youngHeapBytes) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  observer.observe({ entryTypes: ['gc'] });
}

/** A user without an entry has none, and one that is too long is none: what is kept there then says so. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return env['HOME'] || '/';
  }
}

function makeContext(): CliContext {
  return {
    program: basename(argv[1] ?? '').startsWith('kubectl-pullmend') ? 'kubectl pullmend' : 'pullmend',
    version: packageJson.version,
    nodeVersion: process.versions.node,
    env,
    home: homeFolder(),
    stdout: output(stdout),
    stderr: output(stderr),
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
    ...(stdin.isTTY && stdout.isTTY ? { takeTerminal } : {}),
    readStdin: async () => {
      const { text } = await import('node:stream/consumers');
      return await text(stdin);
    },
    readChunks: (path) => (path === '-' ? stdin.setEncoding('utf8') : createReadStream(path, 'utf8')),
    readFile: async (path) => {
      const { readRegular } = await import('../../adapters/files/index.ts');
      return (await readRegular(path, maxReadBytes, { pipe: true })).toString('utf8');
    },
    writeFile: async (path, content, { replace, makeFolder = false, secret = false }) => {
      if (makeFolder) {
        const files = await import('../../adapters/files/index.ts');
        await files.makeFolder(dirname(path));
      }
      const file = await open(path, replace ? 'w' : 'wx', secret ? 0o600 : undefined);
      try {
        // The mode above is for a new file only.
        if (secret) await file.chmod(0o600);
        await file.writeFile(content);
      } finally {
        await file.close();
      }
    },
    signal: interrupt.signal,
    now: Date.now,
    createMender: async (options) => {
      const { createMender } = await import('../../flows/index.ts');
      return await createMender(options);
    },
    createBundler: async (options) => {
      const { createBundler } = await import('../../flows/index.ts');
      return await createBundler(options);
    },
    createCopier: async (options) => {
      const { createCopier } = await import('../../flows/index.ts');
      return await createCopier(options);
    },
  };
}

keepYoungHeapSmall();
process.on('SIGINT', onInterrupt);
process.on('SIGTERM', onInterrupt);
process.on('SIGHUP', onInterrupt);
// `pullmend … | head` closes the pipe early; there is nobody left to tell. A full disk is another matter.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCode.done);
  process.stderr.write(`stdout: ${reasonOf(error)}\n`);
  process.exit(exitCode.noAccess);
});

const code = await run(argv.slice(2), makeContext());
// Written texts must be out before the end: a pipe takes them later than `write` returns.
await new Promise<void>((resolve) => {
  stdout.write('', () => resolve());
});
process.exit(code);
