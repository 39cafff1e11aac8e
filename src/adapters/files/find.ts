import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PullmendError, reasonOf } from '../../core/base/index.ts';
import type { SkippedFile } from '../../core/model/index.ts';

/** Deep enough for any repository; a loop of links ends here at the latest. */
const maxDepth = 32;

/** Files by their endings, and what has such an ending but is left out. */
export type FoundFiles = { readonly files: readonly string[]; readonly skipped: readonly SkippedFile[] };

export type FindOptions = {
  /** Follow links that lead out of the folder that was named; else they are left out. */
  readonly followLinks?: boolean | undefined;
};

/**
 * Files as given, and for each folder all files below it with one of these endings; hidden folders and
 * `node_modules` are left out. Sorted, each once, also where a link leads to another one of them. A link that is
 * broken or leads out of the folder, a device, a pipe or a name that is no UTF-8 stops only itself.
 * Errors: PM_FILE_UNREADABLE.
 */
export async function findFiles(
  paths: readonly string[],
  endings: readonly string[],
  options: FindOptions = {},
): Promise<FoundFiles> {
  const found = await Promise.all(paths.map(async (path) => await filesAt(path, endings, options)));
  return {
    files: [...new Set(found.flatMap(({ files }) => files))].toSorted(),
    skipped: found.flatMap(({ skipped }) => skipped).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
}

async function filesAt(path: string, endings: readonly string[], options: FindOptions): Promise<FoundFiles> {
  const isFolder = await reading(path, async () => (await stat(path)).isDirectory());
  if (!isFolder) return { files: [path], skipped: [] };
  const search = new Search(await reading(path, async () => await realpath(path)), endings, options);
  await search.below(path, 0);
  return search.result();
}

/** The search below one folder that was named. */
class Search {
  readonly #home: string;
  readonly #endings: readonly string[];
  readonly #followLinks: boolean;
  readonly #files: string[] = [];
  /** Links by the real path of what they lead to. */
  readonly #links: (readonly [path: string, real: string])[] = [];
  readonly #followed = new Set<string>();
  readonly #skipped: SkippedFile[] = [];

  constructor(home: string, endings: readonly string[], { followLinks = false }: FindOptions) {
    this.#home = home;
    this.#endings = endings;
    this.#followLinks = followLinks;
  }

  async below(folder: string, depth: number): Promise<void> {
    if (depth > maxDepth) {
      this.#skipped.push({ path: folder, reason: 'too-deep' });
      return;
    }
    const entries = await reading(folder, async () => await readdir(folder, { withFileTypes: true }));
    await Promise.all(
      entries.map(async (entry) => await this.#take(entry, join(folder, entry.name), depth + 1)),
    );
  }

  async #take(entry: Dirent, path: string, depth: number): Promise<void> {
    const hidden = entry.name.startsWith('.') || entry.name === 'node_modules';
    const wanted = this.#endings.some((ending) => entry.name.toLowerCase().endsWith(ending));
    if (entry.isDirectory()) {
      if (!hidden) await this.below(path, depth);
    } else if (entry.isSymbolicLink()) {
      if (wanted || !hidden) await this.#follow(path, wanted, depth);
    } else if (wanted) {
      // Node puts U+FFFD where a name is no UTF-8; the file is not found by that.
      const isNamed = !entry.name.includes('\uFFFD') || (await lstat(path).catch(() => undefined));
      if (!isNamed) this.#skipped.push({ path, reason: 'name' });
      else if (entry.isFile()) this.#files.push(path);
      else this.#skipped.push({ path, reason: 'not-regular' });
    }
  }

  async #follow(path: string, wanted: boolean, depth: number): Promise<void> {
    const skip = (reason: SkippedFile['reason']) => this.#skipped.push({ path, reason });
    const real = await realpath(path).catch(() => undefined);
    const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
    if (real === undefined || found === undefined) {
      if (wanted) skip('link-broken');
      return;
    }
    if (!wanted && !found.isDirectory()) return;
    const inside = real === this.#home || real.startsWith(this.#home.replace(/[/\\]$/, '') + sep);
    if (!inside && !this.#followLinks) skip('link-out');
    else if (found.isFile()) this.#links.push([path, real]);
    // What lies in a folder inside is found there.
    else if (!found.isDirectory()) skip('not-regular');
    else if (!inside && !this.#followed.has(real)) {
      this.#followed.add(real);
      await this.below(path, depth);
    }
  }

  /** A file that is found itself needs no link, and of several links to one the first is enough. */
  async result(): Promise<FoundFiles> {
    const known = new Set<string>();
    if (this.#links.length > 0) {
      for (const file of this.#files) known.add(await realpath(file).catch(() => file));
    }
    const links = this.#links
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, real]) => {
        if (known.has(real)) return [];
        known.add(real);
        return [path];
      });
    return { files: [...this.#files, ...links], skipped: this.#skipped };
  }
}

async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof PullmendError) throw error;
    throw new PullmendError('PM_FILE_UNREADABLE', { file, reason: reasonOf(error) }, { cause: error });
  }
}
