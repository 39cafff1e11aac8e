import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LabError } from '../cluster/index.ts';
import { runToEnd } from './world/index.ts';

const CHECKOUT_RUNNER = fileURLToPath(new URL('../../tools/run-checkout.ts', import.meta.url));
const CHECKOUT_BIN = fileURLToPath(new URL('../../bin/pullmend.cjs', import.meta.url));

/**
 * How to start pullmend: an installed one, or the checkout's as it stands, built when that is needed.
 * Throws LabError when there is none.
 */
export async function findPullmend(installed: string | undefined): Promise<readonly string[]> {
  if (installed !== undefined) {
    if (!existsSync(installed)) throw new LabError(`there is no ${installed}`);
    return [installed];
  }
  // Builds when sources are newer than the bundle; scenarios then start the bundle directly, as users do.
  await runToEnd({ command: process.execPath, args: [CHECKOUT_RUNNER, '--version'] });
  return [process.execPath, CHECKOUT_BIN];
}
