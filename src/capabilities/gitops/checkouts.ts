import { realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { readTextFile } from '../../adapters/files/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';

/** A working tree of Git on this machine. */
export type Checkout = {
  /** Its real path, in which `git apply` is started. */
  readonly root: string;
  /** Addresses of its remotes. */
  readonly remotes: readonly string[];
};

/** The working tree that a folder lies in. Errors: PM_SOURCE_NOT_CHECKOUT. */
export async function checkoutOf(folder: string): Promise<Checkout> {
  const home = await realpath(folder).catch(() => resolve(folder));
  for (let root = home; ; root = dirname(root)) {
    const config = await configOf(root);
    if (config !== undefined) return { root, remotes: remotesIn(config) };
    if (dirname(root) === root) throw new PullmendError('PM_SOURCE_NOT_CHECKOUT', { folder });
  }
}

/** Of a worktree `.git` is a file that names its folder, and the settings lie two above it (gitrepository-layout). */
async function configOf(root: string): Promise<string | undefined> {
  const dot = join(root, '.git');
  const isFolder = await stat(dot).then(
    (found) => found.isDirectory(),
    () => undefined,
  );
  if (isFolder === undefined) return undefined;
  if (isFolder) return await textOf(join(dot, 'config'));
  const [, named] = /^gitdir: (.+)$/m.exec((await textOf(dot)) ?? '') ?? [];
  if (named === undefined) return undefined;
  const own = resolve(root, named.trim());
  return (await textOf(join(own, 'config'))) ?? (await textOf(join(dirname(dirname(own)), 'config')));
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readTextFile(path)).text;
  } catch (error) {
    if (isError(error, 'PM_FILE_UNREADABLE') || isError(error, 'PM_FILE_TOO_LARGE')) return undefined;
    throw error;
  }
}

/** The `url` of each `[remote "…"]` (git-config). */
function remotesIn(config: string): readonly string[] {
  let isRemote = false;
  return config.split('\n').flatMap((line) => {
    const section = /^\s*\[(.*)\]/.exec(line)?.[1];
    if (section !== undefined) isRemote = /^remote\s/.test(section);
    const url = isRemote ? /^\s*url\s*=\s*(\S+)\s*$/.exec(line)?.[1] : undefined;
    return url === undefined ? [] : [url];
  });
}

/** Do two addresses name one repository: by HTTPS, SSH or as `git@host:path`, with and without `.git`. */
export function isSameRepository(one: string, other: string): boolean {
  return repositoryOf(one) === repositoryOf(other);
}

function repositoryOf(address: string): string {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(address);
  const plain = isUrl ? address.replace(/^[^:]+:\/\//, '') : address.replace(/^([^/:]+):/, '$1/');
  const [host = '', ...path] = plain.replace(/^[^/@]*@/, '').split('/');
  const rest = path.filter((part) => part !== '').join('/');
  return `${host.toLowerCase().replace(/:(?:22|80|443)$/, '')}/${rest.replace(/\.git$/, '')}`;
}

/**
 * A folder of the checkout; undefined when it is not there, or leads out of it: the path comes from an object of the
 * cluster.
 */
export async function folderIn({ root }: Checkout, path: string): Promise<string | undefined> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  return real === undefined || (real !== root && !real.startsWith(root + sep)) ? undefined : real;
}

/** A path as the root of the checkout sees it, with slashes, as Git writes it. */
export function pathFrom({ root }: Checkout, file: string): string {
  return relative(root, file).split(sep).join('/');
}
