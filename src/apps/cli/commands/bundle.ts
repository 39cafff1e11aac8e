import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { parseReference, type Reference } from '../../../core/image/index.ts';
import type { Bundler } from '../../../flows/index.ts';
import { copyInterrupted, CopyProgress } from '../copy-progress.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { bundleCheckScreen, bundleDiffScreen, bundleScreen } from '../render/copies/bundle.ts';
import { copyScreen } from '../render/copies/copy.ts';
import {
  bundleCheckDocument,
  bundleDiffDocument,
  bundleReport,
  copyReport,
} from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { references } from '../render/files/images.ts';
import type { Shell } from '../shell.ts';

/** One byte less than 4 GiB: what a FAT32 stick takes. */
const defaultVolumeSize = 4 * 1024 ** 3 - 1;

export async function runBundleCreate(
  shell: Shell,
  args: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { out, have } = flags;
  if (out === undefined) throw shell.usageError(shell.m.bundle.needsOut);
  const isNamed = args.length > 0 || flags.fromFile !== undefined || flags.filename !== undefined;
  if (!isNamed) throw shell.usageError(shell.m.bundle.needsImages);
  return await withBundler(shell, async (bundler, progress) => {
    const images = await imagesOf(shell, bundler, args, flags);
    if (images.length === 0) {
      shell.result([shell.m.images.none]);
      return exitCode.nothingDone;
    }
    progress.begin(images.length);
    const { report, bundle } = await bundler.create(images, {
      out,
      volumeSize: flags.volumeSize ?? defaultVolumeSize,
      platforms: flags.platform ?? [],
      referrers: flags.referrers ?? false,
      have: have === undefined ? undefined : { text: await shell.readText(have), file: have },
    });
    progress.finish();
    const { page } = shell;
    shell.result([
      ...copyScreen(harmless(report), false, page),
      ...bundleScreen(harmless(bundle), out, page),
    ]);
    await shell.document(() => bundleReport(report, bundle, page.lang));
    return exitOf(report.results);
  });
}

export async function runBundleLoad(
  shell: Shell,
  [path = '']: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { to } = flags;
  const dryRun = isDryRun(flags);
  if (to === undefined) throw shell.usageError(shell.m.bundle.needsTo);
  return await withBundler(shell, async (bundler, progress) => {
    progress.begin(0);
    const report = await bundler.load(path, to, { dryRun });
    progress.finish();
    shell.result(copyScreen(harmless(report), dryRun, shell.page));
    await shell.document(() => copyReport(report, dryRun, shell.page.lang));
    return exitOf(report.results);
  });
}

export async function runBundleVerify(shell: Shell, [path = '']: readonly string[]): Promise<ExitCode> {
  return await withBundler(shell, async (bundler) => {
    const check = await bundler.verify(path);
    shell.result(bundleCheckScreen(harmless(check), shell.page));
    await shell.document(() => bundleCheckDocument(check));
    return check.faults.length === 0 ? exitCode.done : exitCode.failuresLeft;
  });
}

export async function runBundleDiff(
  shell: Shell,
  paths: readonly string[],
  { have }: Flags,
): Promise<ExitCode> {
  const [first = '', second = first] = paths;
  if (paths.length !== (have === undefined ? 2 : 1)) throw shell.usageError(shell.m.bundle.diffOf);
  return await withBundler(shell, async (bundler) => {
    const before = have === undefined ? first : { text: await shell.readText(have), file: have };
    const diff = await bundler.diff(before, second);
    shell.result(bundleDiffScreen(harmless(diff), shell.page));
    await shell.document(() => bundleDiffDocument(diff));
    return exitCode.done;
  });
}

async function withBundler(
  shell: Shell,
  work: (bundler: Bundler, progress: CopyProgress) => Promise<ExitCode>,
): Promise<ExitCode> {
  const progress = new CopyProgress(shell);
  const bundler = await shell.openBundler(progress.handle);
  try {
    return await work(bundler, progress);
  } catch (error) {
    throw shell.context.signal.aborted ? copyInterrupted(shell, error) : error;
  } finally {
    progress.finish();
    await bundler.close();
  }
}

/** Images from the command line, a list and manifests, each once. */
async function imagesOf(
  shell: Shell,
  bundler: Bundler,
  args: readonly string[],
  { fromFile, filename }: Flags,
): Promise<readonly Reference[]> {
  const named = args.map(parseReference);
  const listed = fromFile === undefined ? [] : await bundler.list(await shell.readText(fromFile), fromFile);
  const found: Reference[] = [];
  if (filename !== undefined) {
    const mender = await shell.openMender({ type: 'files', paths: filename });
    const { groups } = await mender.images({ type: 'files', paths: filename });
    shell.progress.finish();
    found.push(...references(groups).map(parseReference));
  }
  const all = [...named, ...listed, ...found];
  return [...new Map(all.map((image) => [JSON.stringify(image), image])).values()];
}

function exitOf(results: readonly { readonly state: string }[]): ExitCode {
  const failed = results.filter(({ state }) => state === 'failed').length;
  if (failed === 0) return exitCode.done;
  return failed === results.length ? exitCode.nothingDone : exitCode.failuresLeft;
}
