import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { LabError } from '../cluster/index.ts';

export type Options = {
  readonly folder: string;
  /** Empty: all of the folder. */
  readonly names: readonly string[];
  readonly parallel: number;
  readonly list: boolean;
  /** Heavy ones too, without being named. */
  readonly all: boolean;
  readonly reports: string;
  /** An installed pullmend to run instead of the checkout's. */
  readonly pullmend: string | undefined;
};

export const USAGE = `usage: npm run lab -- scenarios [--list] [--all] [--parallel N] [--reports DIR] [--pullmend PATH] [DIR] [NAME…]

  DIR               folder of scenario files; default lab/scenarios
  NAME              only these; a * at the end stands for any rest
  --list            say what there is and run nothing
  --all             those marked heavy too; without it they run only when they are named
  --parallel N      at most so many side by side (default 6)
  --reports DIR     where report.json and junit.xml go (default lab/reports)
  --pullmend PATH   run this command instead of the checkout's`;

const OWN_FOLDER = fileURLToPath(new URL('../scenarios', import.meta.url));
const REPORTS = fileURLToPath(new URL('../reports', import.meta.url));
const DEFAULT_PARALLEL = 6;

/** Reads the command line of `scenarios`. Throws LabError for one that cannot be meant. */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const folders = positionals.filter(isFolder);
  if (folders.length > 1) throw new LabError('one folder at a time', USAGE);
  const parallel = Number(values.parallel ?? DEFAULT_PARALLEL);
  if (!Number.isInteger(parallel) || parallel < 1)
    throw new LabError('--parallel takes a number from 1 on', USAGE);
  return {
    folder: resolve(folders[0] ?? OWN_FOLDER),
    names: positionals.filter((word) => !folders.includes(word)),
    parallel,
    list: values.list ?? false,
    all: values.all ?? false,
    reports: resolve(values.reports ?? REPORTS),
    pullmend: values.pullmend === undefined ? undefined : resolve(values.pullmend),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        parallel: { type: 'string' },
        list: { type: 'boolean' },
        all: { type: 'boolean' },
        reports: { type: 'string' },
        pullmend: { type: 'string' },
      },
    });
  } catch (error) {
    throw new LabError((error as Error).message, USAGE);
  }
}

/** A name of a scenario has no slash; a folder called like a scenario is written `./NAME`. */
function isFolder(word: string): boolean {
  if (!word.includes('/') && word !== '.' && word !== '..') return false;
  if (existsSync(word) && statSync(word).isDirectory()) return true;
  throw new LabError(`there is no folder ${word}`, USAGE);
}

/** Whether a scenario is among the wanted ones. */
export function isWanted(name: string, wanted: readonly string[]): boolean {
  return (
    wanted.length === 0 ||
    wanted.some((word) => (word.endsWith('*') ? name.startsWith(word.slice(0, -1)) : name === word))
  );
}
