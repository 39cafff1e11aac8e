import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { RewriteOptions, RewriteResult } from '../../../flows/index.ts';
import { requireMirrors } from '../config-path.ts';
import { chartFlagsIn } from '../flags/chart.ts';
import type { Flags } from '../flags/flags.ts';
import { rewriteReport } from '../render/documents/index.ts';
import { errorScreen } from '../render/errors.ts';
import { harmless, harmlessText } from '../render/harmless.ts';
import { shellWord } from '../render/names.ts';
import { changeLines, checkLines, leftLines, policyLines, rewriteEnd } from '../render/files/rewrite.ts';
import type { Shell } from '../shell.ts';
import { runRewriteChart } from './rewrite-chart.ts';

type Way = 'in-place' | 'out' | 'diff' | 'check' | 'stdout';

export async function runRewrite(shell: Shell, paths: readonly string[], flags: Flags): Promise<ExitCode> {
  const { usage } = shell.m.rewrite;
  if (flags.chart !== undefined) {
    if (paths.length > 0 || flags.kustomize !== undefined) throw shell.usageError(usage.chartAlone);
    return await runRewriteChart(shell, flags.chart, flags);
  }
  if (chartFlagsIn(flags).length > 0 || flags.namespace !== undefined || flags.vendor !== undefined) {
    throw shell.usageError(usage.onlyChart);
  }
  const way = wayOf(shell, paths, flags);
  if (flags.kustomize === undefined && paths.length === 0) throw shell.usageError(usage.noPath);
  if (
    flags.kustomize !== undefined &&
    (paths.length > 0 || flags.toOrigin === true || flags.setRegistry === true)
  )
    throw shell.usageError(usage.kustomizeAlone);
  const options = optionsOf(shell, flags, way);
  const mender = await shell.openMender(
    way === 'diff' || way === 'check' || way === 'stdout'
      ? undefined
      : { type: 'files', paths: flags.kustomize === undefined ? paths : [flags.kustomize] },
  );
  if (!options.lock) requireMirrors(shell, mender);
  const result =
    flags.kustomize === undefined
      ? await mender.rewrite(paths, options)
      : await mender.rewriteKustomize(flags.kustomize, {
          ...options,
          enableHelm: flags.enableHelm ?? false,
        });
  shell.progress.finish();
  await shell.document(() => rewriteReport(result, way, shell.page.lang), { exact: ['patch'] });
  const sources = flags.kustomize === undefined ? paths : ['--kustomize', flags.kustomize];
  show(shell, result, way, flags, sources);
  const { changes, policies, left, errors } = result;
  const isLeft = left.length > 0 || errors.length > 0;
  const isNeeded = way === 'check' && changes.length + policies.length > 0;
  return isLeft || isNeeded ? exitCode.failuresLeft : exitCode.done;
}

function wayOf(shell: Shell, paths: readonly string[], { inPlace, out, diff, check }: Flags): Way {
  const given: readonly (Way | false)[] = [
    inPlace === true && 'in-place',
    out !== undefined && 'out',
    diff === true && 'diff',
    check === true && 'check',
  ];
  // What came in on a pipe goes out on one.
  const isPiped = paths.length === 1 && paths[0] === '-';
  const [way = isPiped ? 'stdout' : 'diff', ...more] = given.filter((one) => one !== false);
  if (paths.includes('-') && (way === 'in-place' || way === 'out' || paths.length > 1))
    throw shell.usageError(shell.m.rewrite.usage.piped);
  if (more.length > 0) throw shell.usageError(shell.m.rewrite.usage.ways);
  return way;
}

function optionsOf(shell: Shell, flags: Flags, way: Way): RewriteOptions {
  const { lock = false, toOrigin = false, probe = true, pullPolicy } = flags;
  const { usage } = shell.m.rewrite;
  if (toOrigin && (lock || pullPolicy !== undefined)) throw shell.usageError(usage.originAndLock);
  if (lock && !probe) throw shell.usageError(usage.lockUnasked);
  const asks = probe && way !== 'check';
  return {
    names: toOrigin ? 'origin' : asks ? 'probed' : 'scheme',
    indirect: flags.indirect ?? true,
    lock: lock && asks,
    allowUnverified: flags.allowUnverified ?? false,
    setRegistry: flags.setRegistry ?? false,
    ...(pullPolicy === undefined ? {} : { pullPolicy }),
    ...(flags.include === undefined ? {} : { include: flags.include }),
    ...(flags.exclude === undefined ? {} : { exclude: flags.exclude }),
    to: way === 'in-place' ? way : way === 'out' ? { folder: flags.out ?? '' } : 'look',
  };
}

function show(shell: Shell, result: RewriteResult, way: Way, flags: Flags, sources: readonly string[]): void {
  if (shell.format !== 'table') return;
  const { context, page, m } = shell;
  const { plan, changes, policies, left, notes, run, errors } = result;
  const files = plan.spec.steps.length;
  const brief = flags.quiet === true;
  if (way === 'diff') writePatches(shell, result);
  else if (way === 'stdout') for (const text of result.texts?.() ?? []) context.stdout.write(text);
  else if (way === 'check') shell.result(checkLines(harmless({ changes, policies, left }), page));
  else if (!brief)
    shell.detail([...changeLines(harmless(changes), page), ...policyLines(harmless(policies), page)]);
  const end = [
    ...(brief ? [] : leftLines(harmless({ left, notes }), page)),
    ...errors.flatMap((error) => errorScreen(error, page)),
    ...rewriteEnd(result, files, way === 'in-place' || way === 'out', page),
    ...(way === 'diff' && (result.hidden?.() ?? 0) > 0 ? [m.rewrite.hidden(result.hidden?.() ?? 0)] : []),
    ...(way === 'out' ? [m.rewrite.writtenTo(flags.out ?? '')] : []),
    ...(left.some(({ reason }) => reason === 'no-copy')
      ? [m.rewrite.gaps([page.program, 'preflight', ...sources.map(shellWord)].join(' '))]
      : []),
    ...(run === undefined ? [] : [m.rewrite.undo(`${page.program} undo ${run}`)]),
  ];
  // A patch or a list stands alone on stdout, so that it can be piped.
  if (way === 'diff' || way === 'check' || way === 'stdout')
    context.stderr.write(end.map((line) => `${line}\n`).join(''));
  else shell.result(end);
}

/** Byte for byte where a program reads it; on a terminal no file may move the cursor. */
function writePatches({ context: { stdout } }: Shell, { patches }: RewriteResult): void {
  for (const patch of patches()) {
    stdout.write(stdout.isTerminal ? patch.split('\n').map(harmlessText).join('\n') : patch);
  }
}
