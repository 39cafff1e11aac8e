import type { Dirent } from 'node:fs';
import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { openRegular, TooLargeError } from './regular.ts';

/** What a folder may hold at most. */
export type FolderBounds = { readonly bytes: number; readonly files: number };

export type FolderOptions = FolderBounds & {
  /** Follow links that lead out of the folder; else they are an error. */
  readonly followLinks?: boolean | undefined;
};

/** A regular file below a folder; `name` has `/` between its parts. */
export type FolderFile = { readonly name: string; readonly path: string; readonly size: number };

/** No chart lies deeper; a loop of links ends here at the latest. */
const maxDepth = 32;
/** What tools keep beside the files, and nobody means with the folder. */
const besides = ['.git', '.hg', '.svn', '.bzr', '.idea', '.vscode', 'node_modules'];

/**
 * The files of a folder that is used as a whole. Links inside are followed, broken ones left out. Throws an error in
 * words for a folder that is larger than its bounds, and for a device, a pipe, or a link that leads out of it.
 */
export async function filesOfFolder(root: string, options: FolderOptions): Promise<readonly FolderFile[]> {
  const home = await realpath(root);
  const found: FolderFile[] = [];
  let bytes = 0;
  const take = (file: FolderFile): void => {
    found.push(file);
    bytes += file.size;
    if (found.length > options.files) throw new Error(`it holds more than ${options.files} files`);
    if (bytes > options.bytes) throw new Error(`it holds more than ${options.bytes / 2 ** 20} MiB`);
  };
  const visit = async (folder: string, prefix: string, above: readonly string[]): Promise<void> => {
    if (above.length > maxDepth) throw new Error(`it is deeper than ${maxDepth} folders`);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      const path = join(folder, entry.name);
      const real = await target(entry, path);
      if (real === undefined) continue;
      const isOut = real !== home && !real.startsWith(home + sep) && entry.isSymbolicLink();
      if (isOut && options.followLinks !== true)
        throw new Error(`${name} is a link that leads out of it, see --follow-links`);
      const { size, isFile, isFolder } = await kindOf(real);
      if (isFile) take({ name, path: real, size });
      else if (!isFolder) throw new Error(`${name} is no regular file`);
      else if (!besides.includes(entry.name)) {
        if (above.includes(real)) throw new Error(`${name} is a link that leads in a circle`);
        await visit(path, `${name}/`, [...above, real]);
      }
    }
  };
  await visit(root, '', [home]);
  return found;
}

/** Copies a folder, links as what they lead to. Throws as `filesOfFolder`, and what the system says. */
export async function copyFolder(root: string, into: string, options: FolderOptions): Promise<void> {
  let left = options.bytes;
  await makeFolder(into);
  for (const { name, path } of await filesOfFolder(root, options)) {
    const target = join(into, name);
    await makeFolder(join(target, '..'));
    left -= await copyRegular(path, target, left);
  }
}

/** Copies a regular file of at most so many bytes; gives how many it has. */
export async function copyRegular(path: string, into: string, most: number): Promise<number> {
  const source = await openRegular(path);
  try {
    const { mode } = await source.stat();
    const target = await open(into, 'w', mode & 0o777);
    try {
      let length = 0;
      for await (const piece of source.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
        length += piece.length;
        if (length > most) throw new TooLargeError(length);
        await target.writeFile(piece);
      }
      return length;
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The real path of an entry; undefined for a broken link. */
async function target(entry: Dirent, path: string): Promise<string | undefined> {
  return await realpath(path).catch((error: unknown) => {
    if (entry.isSymbolicLink()) return undefined;
    throw error;
  });
}

async function kindOf(path: string) {
  const found = await stat(path);
  return { size: found.size, isFile: found.isFile(), isFolder: found.isDirectory() };
}
