import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabError, labPaths } from '../cluster/index.ts';
import { start } from './world/index.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
/** Bundled sources have lines of many thousand characters. */
const MAX_DETAIL = 2000;

/** What the published package holds. */
const PACKED = ['package.json', 'bin', 'dist'];

/**
 * How to start pullmend: an installed one, or the checkout's as it stands, built when that is needed and copied
 * so that a run sees one and the same pullmend to its end. Throws LabError when there is none.
 */
export async function findPullmend(installed: string | undefined): Promise<readonly string[]> {
  if (installed !== undefined) {
    if (!existsSync(installed)) throw new LabError(`there is no ${installed}`);
    return [installed];
  }
  const runner = join(CHECKOUT, 'tools', 'run-checkout.ts');
  const { exit, stderr } = await start({ command: process.execPath, args: [runner, '--version'] }).finished;
  if (exit !== 0)
    throw new LabError('the pullmend of this checkout does not start', stderr.slice(-MAX_DETAIL));
  const copy = join(labPaths().runDir, 'pullmend');
  rmSync(copy, { recursive: true, force: true });
  for (const part of PACKED) cpSync(join(CHECKOUT, part), join(copy, part), { recursive: true });
  return [process.execPath, join(copy, 'bin', 'pullmend.cjs')];
}
