import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Prevention } from '../../../flows/index.ts';
import { requireMirrors } from '../config-path.ts';
import { saysYes } from '../consent.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { writeOut } from '../out-file.ts';
import { harmless } from '../render/harmless.ts';
import { preventionDocument, preventionEnd, preventionScreen, removalEnd } from '../render/prevent.ts';
import { serialize } from '../render/serialize.ts';
import type { Shell } from '../shell.ts';

export async function runPrevent(shell: Shell, _: readonly string[], flags: Flags): Promise<ExitCode> {
  const { page, m } = shell;
  const mender = await shell.openMender();
  if (flags.remove === true) {
    const result = await mender.endPrevention({
      dryRun: isDryRun(flags),
      confirm: async () => await saysYes(shell, m.prevent.askRemove),
    });
    shell.progress.finish();
    shell.result(removalEnd(result, page));
    await shell.document(() => preventionDocument(result));
    return result.outcome === 'declined' ? exitCode.nothingDone : exitCode.done;
  }
  requireMirrors(shell, mender);
  shell.progress.says(m.prevent.looking);
  let shown = false;
  const show = (prevention: Prevention): void => {
    shell.progress.finish();
    if (!shown) shell.detail(preventionScreen(harmless(prevention), page));
    shown = true;
  };
  const result = await mender.prevent({
    whole: flags.whole ?? [],
    excludedNamespaces: flags.excludeNamespace ?? [],
    allowUnverified: flags.allowUnverified === true,
    dryRun: isDryRun(flags) || flags.out !== undefined,
    confirm: async (prevention) => {
      show(prevention);
      return await saysYes(shell, m.prevent.ask);
    },
  });
  show(result);
  if (flags.out !== undefined) {
    const list = { apiVersion: 'v1', kind: 'List', items: result.objects };
    await writeOut(
      shell,
      flags.out,
      await serialize(list, flags.out.endsWith('.json') ? 'json' : 'yaml', { exact: 'all' }),
    );
    shell.result([m.prevent.written(flags.out)]);
  } else shell.result(preventionEnd(harmless(result), page));
  await shell.document(() => preventionDocument(result));
  if (result.outcome === 'declined') return exitCode.nothingDone;
  const unproved = typeof result.proof === 'object' && !result.proof.holds;
  return unproved ? exitCode.failuresLeft : exitCode.done;
}
