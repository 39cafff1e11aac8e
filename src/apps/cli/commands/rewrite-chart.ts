import { basename, resolve } from 'node:path';
import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { ChartRewrite } from '../../../flows/index.ts';
import { requireMirrors } from '../config-path.ts';
import { chartOptionsOf, helmCommand } from '../flags/chart.ts';
import type { Flags } from '../flags/flags.ts';
import { writeOut } from '../out-file.ts';
import { chartRewriteReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import { chartRewriteLines } from '../render/files/rewrite-chart.ts';
import type { Shell } from '../shell.ts';
import { yamlText } from '../yaml-text.ts';

/** `rewrite --chart`: an override beside the user's own values, or on stdout when no file is named. */
export async function runRewriteChart(shell: Shell, chart: string, flags: Flags): Promise<ExitCode> {
  const { out, vendor } = flags;
  refuse(shell, flags, chart);
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  const result = await mender.rewriteChart({
    ...chartOptionsOf(chart, flags),
    ...(vendor === undefined ? {} : { vendor }),
    probe: flags.probe ?? true,
    allowUnverified: flags.allowUnverified ?? false,
  });
  shell.progress.finish();
  const text = yamlText(result.values);
  if (out !== undefined) await writeOut(shell, out, text);
  await shell.document(() => chartRewriteReport(result));
  const command = out === undefined ? undefined : helmCommand(chart, flags, out, result.vendored?.folder);
  show(shell, { ...result, ...(command === undefined ? {} : { command }) }, text, flags);
  const left = (result.vendored?.unmoved ?? result.unmoved).length + result.unserved.length;
  return left > 0 ? exitCode.failuresLeft : exitCode.done;
}

/** The user's values and those of the chart are never written. */
function refuse(shell: Shell, { values = [], out, ...flags }: Flags, chart: string): void {
  const { usage } = shell.m.rewrite;
  const others = [flags.inPlace, flags.diff, flags.check, flags.toOrigin, flags.lock];
  if (others.some((flag) => flag === true) || flags.pullPolicy !== undefined) {
    throw shell.usageError(usage.chartAlone);
  }
  if (out === undefined) return;
  const taken = [...values, `${chart}/values.yaml`].map((file) => resolve(file));
  if (taken.includes(resolve(out))) throw shell.usageError(usage.ownValues(basename(out)));
}

function show(
  shell: Shell,
  result: ChartRewrite & { readonly command?: string },
  text: string,
  flags: Flags,
): void {
  if (shell.format !== 'table') return;
  const { context, page } = shell;
  const lines = chartRewriteLines(harmless({ ...result, out: flags.out }), page);
  if (flags.out !== undefined) return shell.result(flags.quiet === true ? lines.slice(-1) : lines);
  // The values stand alone on stdout, so that they can be piped to `helm -f -`.
  context.stdout.write(text);
  if (flags.quiet !== true) context.stderr.write(lines.map((line) => `${line}\n`).join(''));
}
