import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { bundledPackages, renderNotices } from './notices.ts';
import { digestOfBuild, digestOfSources, stampFile } from './stamp.ts';

const repository = join(import.meta.dirname, '..', '..');

/**
 * Makes dist/ unless it was made from these very sources. Safe beside other builds and beside running
 * commands: the new folder is made elsewhere and takes the place of the old one in one step.
 *
 * @returns true when it had to build
 */
export async function buildIfNeeded({ force = false }: { readonly force?: boolean } = {}): Promise<boolean> {
  const dist = join(repository, 'dist');
  const digest = digestOfSources(repository);
  if (!force && digestOfBuild(dist) === digest) return false;
  const workshop = join(repository, 'node_modules', '.cache', `pullmend-build-${randomUUID()}`);
  try {
    await buildInto(join(workshop, 'new'), digest);
    await replace(dist, join(workshop, 'new'), join(workshop, 'old'));
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
  return true;
}

async function buildInto(outdir: string, digest: string): Promise<void> {
  await mkdir(outdir, { recursive: true });
  const { version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  const chunks = await bundle({ root: repository, outdir, version });
  // Licence comments in the code stay where they are.
  await writeFile(join(outdir, 'THIRD_PARTY_NOTICES.txt'), renderNotices(bundledPackages(chunks)));
  await writeFile(join(outdir, stampFile), `${digest}\n`);
}

/** Two renames. Whoever loses a race against another build leaves that one's equal result in place. */
async function replace(dist: string, made: string, aside: string): Promise<void> {
  await rename(dist, aside).catch(unless('ENOENT'));
  await rename(made, dist).catch(unless('ENOTEMPTY', 'EEXIST'));
}

function unless(...codes: readonly string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
