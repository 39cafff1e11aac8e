import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { PreflightOptions, PreflightSource } from '../../../flows/index.ts';
import { provideMirrors } from '../config-path.ts';
import type { Flags } from '../flags/flags.ts';
import { imageSourceOf } from '../flags/image-source.ts';
import { preflightReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { noteLines } from '../render/files/images.ts';
import { preflightScreen } from '../render/files/preflight.ts';
import type { Shell } from '../shell.ts';

/** What most nodes are, where nobody says. */
const usualPlatform = 'linux/amd64';

export async function runPreflight(shell: Shell, args: readonly string[], flags: Flags): Promise<ExitCode> {
  const source = sourceOf(shell, args, flags);
  const options = optionsOf(shell, flags);
  const mender = await shell.openMender();
  const report = await mender.preflight(source, options);
  shell.progress.finish();
  const assumed = flags.platform === undefined && flags.clusterNodes !== true;
  const way = { assumed, asked: options.probe, brief: flags.quiet === true };
  const clean = harmless(report);
  shell.result(preflightScreen(clean, way, shell.page));
  shell.detail(noteLines(clean.notes, shell.page));
  await shell.document(() => preflightReport(report, shell.page));
  // What nobody needs yet does not hold up an installation.
  const wanted = report.items.filter(({ state }) => state === 'missing').map(({ image }) => image);
  const provided = options.probe ? await provideMirrors(shell, mender, { images: wanted }) : 'nothing';
  if (provided === 'trusted') return await runPreflight(shell, args, { ...flags, allowUnverified: true });
  if (provided === 'again') return await runPreflight(shell, args, flags);
  const gaps = report.items.filter(({ state, pulled }) => state !== 'works' && pulled === 'now');
  return options.probe && gaps.length > 0 ? exitCode.failuresLeft : exitCode.done;
}

function sourceOf(shell: Shell, args: readonly string[], flags: Flags): PreflightSource {
  const images = args.filter(isImage);
  const paths = args.filter((it) => !isImage(it));
  const hasSource = paths.length > 0 || flags.chart !== undefined || flags.kustomize !== undefined;
  if (!hasSource && images.length > 0) return { images };
  if (!hasSource) throw shell.usageError(shell.m.preflight.nothing);
  const source = imageSourceOf(shell, paths, flags);
  if (source.type !== 'files' && source.type !== 'chart' && source.type !== 'kustomize') {
    throw shell.usageError(shell.m.preflight.nothing);
  }
  return { source, images };
}

/** An image has a tag or digest; a path begins like one or ends like a manifest. */
function isImage(argument: string): boolean {
  return /[:@]/.test(argument) && !/^[./~]|\.(?:ya?ml|json)$|\/$/.test(argument);
}

function optionsOf(shell: Shell, flags: Flags): PreflightOptions {
  const { platform, clusterNodes = false, installerVersion, zone } = flags;
  if (platform !== undefined && clusterNodes) throw shell.usageError(shell.m.preflight.platformTwice);
  return {
    platforms: clusterNodes ? 'nodes' : (platform ?? [usualPlatform]),
    probe: flags.probe ?? true,
    allowUnverified: flags.allowUnverified === true,
    zoneCn: zone === 'cn',
    ...(installerVersion === undefined ? {} : { version: installerVersion }),
  };
}
