import { createHash } from 'node:crypto';
import { readTextFile } from '../../../adapters/files/index.ts';
import { isError, type ErrorCode } from '../../../core/base/index.ts';
import type { ImagesOfFile, LeftOutReason, ListingNote, SourceFile } from '../../../core/model/index.ts';
import { copiesOf } from './copy-list.ts';
import { imagesOfBuild, isDockerfile } from './dockerfile.ts';
import { readManifest } from './read-manifest.ts';
import { refuseRepeatedKeys } from './refuse.ts';

export type ReadText = () => Promise<string>;

/** A file of Docker Compose, or of who speaks its language. */
const composed = /^services:\s*(?:#.*)?$(?:[\s\S]*?)^\s+image:/m;

/** What stops one file of many, and nothing else. */
const faults: Readonly<Partial<Record<ErrorCode, LeftOutReason>>> = {
  PM_TO_BE_RENDERED: 'template',
  PM_FILE_BROKEN: 'broken',
  PM_FILE_UNREADABLE: 'unreadable',
  PM_FILE_TOO_LARGE: 'too-large',
  PM_FILE_REPEATED_KEY: 'repeated-key',
};

/**
 * Reads files one by one. One of a folder that cannot be read is noted; when that leaves nothing, or the file was named
 * itself, its error is thrown.
 *
 * @param settings is a document without a kind to be read as the settings of a program
 */
export async function readEach(
  paths: readonly string[],
  {
    settings,
    isNamed,
    readStdin,
    signal,
  }: {
    readonly settings: (path: string) => boolean;
    readonly isNamed: (path: string) => boolean;
    readonly readStdin?: ReadText | undefined;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<{ readonly files: readonly ImagesOfFile[]; readonly notes: readonly ListingNote[] }> {
  const files: ImagesOfFile[] = [];
  const notes: ListingNote[] = [];
  let first: Error | undefined;
  for (const path of paths) {
    signal?.throwIfAborted();
    try {
      const file = await textOf(path, isNamed(path), readStdin);
      const read = readOne(file, settings(path));
      refuseRepeatedKeys([read]);
      if (read.copyList !== undefined) notes.push({ kind: 'copy-list', path, program: read.copyList });
      const isCompose = read.objects === 0 && !isNamed(path) && composed.test(file.text);
      if (isCompose) notes.push({ kind: 'left-out', path, reason: 'compose' });
      files.push(read);
    } catch (error) {
      const reason = reasonFor(error);
      if (reason === undefined || isNamed(path) || !(error instanceof Error)) throw error;
      first ??= error;
      notes.push({ kind: 'left-out', path, reason, ...whereOf(error) });
    }
  }
  if (files.length === 0 && first !== undefined) throw first;
  return { files, notes };
}

function readOne(file: SourceFile, settings: boolean): ImagesOfFile {
  if (isDockerfile(file.path)) return imagesOfBuild(file);
  return copiesOf(file) ?? readManifest(file, { settings });
}

async function textOf(path: string, named: boolean, readStdin: ReadText | undefined): Promise<SourceFile> {
  if (path !== '-' || readStdin === undefined) return await readTextFile(path, { pipe: named });
  const text = await readStdin();
  return { path, text, sha256: createHash('sha256').update(text).digest('hex') };
}

function reasonFor(error: unknown): LeftOutReason | undefined {
  return Object.entries(faults).find(([code]) => isError(error, code as ErrorCode))?.[1];
}

function whereOf(error: unknown): { readonly detail?: string } {
  const where = (error as { readonly where?: unknown }).where;
  return typeof where === 'string' ? { detail: where } : {};
}
