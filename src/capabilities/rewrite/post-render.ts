import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../adapters/files/index.ts';
import { rewrite } from './rewrite.ts';
import type { World } from '../../access/index.ts';

/**
 * Manifests with the names of the mirrors, by their naming schemes; every other byte stays. Helm waits for it, so that
 * no registry is asked. Errors: those of `rewrite`.
 */
export async function postRender(text: string, world: World): Promise<string> {
  if (!/^kind:/m.test(text) && !text.trimStart().startsWith('{')) return text;
  const folder = await makeTemporaryFolder('post-render');
  try {
    const file = join(folder, 'manifests.yaml');
    const out = join(folder, 'out');
    await writeFile(file, text);
    const choice = { names: 'scheme', indirect: true, lock: false, allowUnverified: true } as const;
    await rewrite([file], { ...choice, to: { folder: out } }, world);
    return await readFile(join(out, 'manifests.yaml'), 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
