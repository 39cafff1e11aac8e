import type { Bundler, Copier, CopierOptions, Mender, MenderOptions } from '../../flows/index.ts';
import type { Output } from './screen.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** The world of a command line: everything that is not an argument. Tests make their own. */
export type CliContext = {
  /** How the command was started: `pullmend`, or `kubectl pullmend` as a plugin. */
  readonly program: string;
  readonly version: string;
  readonly nodeVersion: string;
  readonly env: Env;
  readonly home: string;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Asks a person for one line; absent when there is nobody to ask. `undefined`: the input has ended. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Everything on standard input. */
  readonly readStdin: () => Promise<string>;
  /** A file, or standard input for `-`, in pieces as they come. */
  readonly readChunks: (path: string) => AsyncIterable<string>;
  readonly readFile: (path: string) => Promise<string>;
  /**
   * Writes a new file; fails when it exists, unless `replace` is set. `makeFolder`: its folder too; `secret`: the
   * file is for its owner alone.
   */
  readonly writeFile: (
    path: string,
    content: string | Uint8Array,
    options: { readonly replace: boolean; readonly makeFolder?: boolean; readonly secret?: boolean },
  ) => Promise<void>;
  /** Takes the whole terminal and tells each key; the returned function gives it back as it was. Absent: none. */
  readonly takeTerminal?: (onKey: (key: string) => void) => () => void;
  /** Ends with Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly createMender: (options: MenderOptions) => Promise<Mender>;
  readonly createCopier: (options: CopierOptions) => Promise<Copier>;
  readonly createBundler: (options: CopierOptions) => Promise<Bundler>;
};
