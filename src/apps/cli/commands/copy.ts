import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { isLocal, parseAddress, type ImageAddress } from '../../../core/image/index.ts';
import type { Copier, CopyPair } from '../../../flows/index.ts';
import { copyInterrupted, CopyProgress } from '../copy-progress.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { copyReport } from '../render/documents/index.ts';
import { copyScreen, unsoughtScreen } from '../render/copies/copy.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

export async function runCopy(shell: Shell, args: readonly string[], flags: Flags): Promise<ExitCode> {
  const { copy } = shell.m;
  const destination = args.at(-1) ?? '';
  const sources = args.slice(0, -1).map(parseAddress);
  if (sources.length === 0) throw shell.usageError(copy.destination);
  const target = targetOf(destination);
  const isOneName = typeof target !== 'string' && (!isLocal(target) || target.tag !== undefined);
  if (sources.length > 1 && isOneName) throw shell.usageError(copy.manyNeedFolder(destination));
  const below = typeof target === 'string';
  return await carryOut(shell, flags, async (copier) => copier.pairs(sources, target), below);
}

/** A path of a registry that images go below, an image name, or a place on this machine. */
function targetOf(text: string): string | ImageAddress {
  const isPath = text.endsWith('/') && !/^(?:oci|oci-archive|docker-archive):/.test(text);
  return isPath ? text : parseAddress(text);
}

export async function runSync(shell: Shell, [file = '']: readonly string[], flags: Flags): Promise<ExitCode> {
  const text = await shell.readText(file);
  return await carryOut(shell, flags, async (copier) => await copier.list(text, file, flags.to));
}

async function carryOut(
  shell: Shell,
  flags: Flags,
  pairsOf: (copier: Copier) => Promise<readonly CopyPair[]>,
  below = false,
): Promise<ExitCode> {
  const progress = new CopyProgress(shell);
  const copier = await shell.openCopier(progress.handle);
  try {
    const pairs = await pairsOf(copier);
    progress.begin(pairs.length);
    const dryRun = isDryRun(flags);
    const report = await copier.copy(pairs, {
      platforms: flags.platform ?? [],
      dryRun,
      referrers: flags.referrers ?? false,
    });
    progress.finish();
    shell.result(copyScreen(harmless(report), dryRun, shell.page));
    if (below) shell.result(unsoughtScreen(harmless(report), shell.page));
    await shell.document(() => copyReport(report, dryRun, shell.page.lang));
    const failed = report.results.filter(({ state }) => state === 'failed').length;
    if (failed === 0) return exitCode.done;
    return failed === pairs.length ? exitCode.nothingDone : exitCode.failuresLeft;
  } catch (error) {
    throw shell.context.signal.aborted ? copyInterrupted(shell, error) : error;
  } finally {
    progress.finish();
    await copier.close();
  }
}
