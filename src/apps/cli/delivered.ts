import { basename, resolve } from 'node:path';
import type { Mender, SourceChanges } from '../../flows/index.ts';
import type { RepairPlan } from '../../core/model/index.ts';
import type { Flags } from './flags/flags.ts';
import { writeOut } from './out-file.ts';
import { deliveredLines } from './render/files/delivered.ts';
import { harmless } from './render/harmless.ts';
import { shellWord } from './render/names.ts';
import type { Shell } from './shell.ts';

/**
 * Writes the patches that let the sources of Argo CD and Flux name the copies of a plan, and says what is in them.
 * Nothing without `--source`.
 */
export async function writeDelivered(
  shell: Shell,
  mender: Mender,
  plan: RepairPlan,
  { source, patch }: Flags,
): Promise<SourceChanges | undefined> {
  if (source === undefined) {
    if (patch !== undefined) throw shell.usageError(shell.m.cli.usage.patchAlone);
    return undefined;
  }
  const found = await mender.sourceChanges(plan, source);
  const [, ...more] = found.patches;
  const written: string[] = [];
  for (const { checkout, patch: text } of found.patches) {
    const name = patch ?? `pullmend-${plan.metadata.name}.patch`;
    // Each is applied in its own checkout.
    const file = more.length === 0 ? name : name.replace(/(\.[^./]*)?$/, `-${basename(checkout)}$1`);
    await writeOut(shell, file, text);
    written.push(
      shell.m.gitops.written(file, `git -C ${shellWord(checkout)} apply ${shellWord(resolve(file))}`),
    );
  }
  shell.result([...deliveredLines(harmless(found.changes), shell.page), ...written]);
  return found;
}
