import { closeSync, fdatasync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import { makeFolderNow } from './make-folder.ts';

/** Lines of JSON that only grow. */
export type Journal<T> = {
  /** What earlier processes wrote; a last line that a kill cut short is left out. */
  readonly entries: readonly T[];
  /** In the hands of the system when it returns, so that a kill of this process loses nothing; on disk soon after. */
  readonly add: (entry: T) => void;
  readonly close: () => void;
  readonly remove: () => void;
};

/** Opens a journal, or begins one. `read` gives `undefined` for what is no entry. Throws PM_FILE_UNWRITABLE. */
export function openJournal<T>(path: string, read: (json: unknown) => T | undefined): Journal<T> {
  try {
    makeFolderNow(dirname(path), { mode: 0o700 });
    const entries = readEntries(path, read);
    const file = openSync(path, 'a', 0o600);
    // After a line that was cut short the next entry must not be lost with it.
    try {
      writeSync(file, '\n');
    } catch (error) {
      closeSync(file);
      throw error;
    }
    return { entries, ...writerOf(file, path) };
  } catch (error) {
    throw new PullmendError('PM_FILE_UNWRITABLE', { file: path, reason: reasonOf(error) }, { cause: error });
  }
}

function readEntries<T>(path: string, read: (json: unknown) => T | undefined): readonly T[] {
  return readIfThere(path)
    .split('\n')
    .flatMap((line) => {
      try {
        const entry = read(JSON.parse(line));
        return entry === undefined ? [] : [entry];
      } catch {
        return [];
      }
    });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function writerOf(file: number, path: string) {
  let syncing = false;
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    // A sync that still runs must not find another file under its number.
    if (!syncing) closeSync(file);
  };
  return {
    add(entry: unknown): void {
      if (!open) return;
      writeSync(file, `${JSON.stringify(entry)}\n`);
      if (syncing) return;
      syncing = true;
      fdatasync(file, () => {
        syncing = false;
        if (!open) closeSync(file);
      });
    },
    close: end,
    remove(): void {
      end();
      rmSync(path, { force: true });
    },
  };
}
