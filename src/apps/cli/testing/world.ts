import type { ExitCode } from '../../../core/base/index.ts';
import type { CliContext } from '../context.ts';
import { run } from '../run.ts';
import type { Output } from '../screen.ts';
import { createBundler, createCopier } from '../../../flows/index.ts';
import { fakeMender, type Calls, type Script } from './fake-mender.ts';
import * as shop from './shop.ts';

export type Ran = {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly files: Readonly<Record<string, string>>;
  readonly calls: Calls;
  /** What a person was asked. */
  readonly asked: readonly string[];
};

export type WorldOptions = Script &
  Partial<
    Pick<CliContext, 'env' | 'home' | 'program' | 'createMender' | 'createCopier' | 'readFile' | 'writeFile'>
  > & {
    readonly terminal?: boolean;
    /** What a person types, line by line; absent: there is nobody. */
    readonly answers?: readonly string[];
    readonly files?: Readonly<Record<string, string>>;
    readonly stdin?: string;
    readonly interrupt?: AbortController;
    readonly columns?: number;
  };

/** Runs one command line in a world of its own: no process, no clock, no cluster. */
export async function runIn(options: WorldOptions, ...argv: readonly string[]): Promise<Ran> {
  const { terminal = false, answers, env = {}, stdin = '', columns = 80 } = options;
  const written: Record<string, string> = { ...options.files };
  const calls: Calls = [];
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  const stdout = capture(terminal, columns);
  const stderr = capture(terminal, columns);
  const context: CliContext = {
    program: options.program ?? 'pullmend',
    version: '1.2.3',
    nodeVersion: '24.0.0',
    env,
    home: options.home ?? '/home/ann',
    stdout,
    stderr,
    ...(answers === undefined ? {} : { ask: async (question) => (asked.push(question), left.shift()) }),
    readStdin: async () => stdin,
    readChunks: (path) => chunksOf(path === '-' ? stdin : written[path], path),
    readFile:
      options.readFile ??
      (async (path) => {
        const text = written[path];
        if (text === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: 'ENOENT' });
        return text;
      }),
    writeFile:
      options.writeFile ??
      (async (path, text, { replace }) => {
        if (!replace && written[path] !== undefined) throw new Error('the file exists');
        written[path] = typeof text === 'string' ? text : Buffer.from(text).toString('base64');
      }),
    signal: (options.interrupt ?? new AbortController()).signal,
    now: () => shop.now,
    createCopier: options.createCopier ?? createCopier,
    createBundler,
    createMender: options.createMender ?? (async (given) => fakeMender(options, calls, given)),
  };
  const code = await run(argv, context);
  return { code, out: stdout.text(), err: stderr.text(), files: written, calls, asked };
}

/** In pieces that end anywhere. */
async function* chunksOf(text: string | undefined, path: string): AsyncGenerator<string> {
  if (text === undefined) throw new Error(`no such file: ${path}`);
  for (let at = 0; at < text.length; at += 100) yield text.slice(at, at + 100);
}

function capture(isTerminal: boolean, columns: number): Output & { readonly text: () => string } {
  let text = '';
  return {
    isTerminal,
    columns: () => columns,
    rows: () => 24,
    write: (written) => {
      text += written;
    },
    text: () => text,
  };
}
