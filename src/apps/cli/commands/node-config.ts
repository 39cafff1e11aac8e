import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Mender } from '../../../flows/index.ts';
import { requireMirrors } from '../config-path.ts';
import { askingConsent, saysYes } from '../consent.ts';
import { exitOfRun } from '../exits.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun, runOptionsOf } from '../flags/options.ts';
import { writeOut } from '../out-file.ts';
import { fixReport } from '../render/documents/index.ts';
import { nodeConfigList, restoredReport } from '../render/documents/node-config.ts';
import { harmless } from '../render/harmless.ts';
import {
  checkScreen,
  configScreen,
  draftScreen,
  restoredScreen,
  untoldLines,
} from '../render/nodes/node-config.ts';
import { endLines } from '../render/repair/outcome.ts';
import { serialize } from '../render/serialize.ts';
import type { Shell } from '../shell.ts';

function optionsOf({ registry, pauseImage }: Flags) {
  return {
    ...(registry === undefined ? {} : { registries: registry }),
    ...(pauseImage === undefined ? {} : { pauseImage }),
  };
}

/** What nodes are set to. */
export async function runConfigShow(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const mender = await shell.openMender();
  const nodes = await mender.nodeConfig.show(names, optionsOf(flags));
  shell.progress.finish();
  shell.result(configScreen(harmless(nodes), shell.page));
  await shell.document(() => nodeConfigList('NodeConfigList', nodes));
  return nodes.every(({ ok }) => ok) ? exitCode.done : exitCode.noAccess;
}

/** What nodes would be told, on the screen too. */
async function drafted(shell: Shell, mender: Mender, names: readonly string[], flags: Flags) {
  if (flags.pauseImage === undefined) requireMirrors(shell, mender);
  const made = await mender.nodeConfig.plan(names, optionsOf(flags));
  shell.progress.finish();
  shell.detail(draftScreen(harmless(made), shell.page));
  return made;
}

/** What nodes would be told; a plan that `apply` takes. */
export async function runConfigPlan(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const { m, context } = shell;
  const mender = await shell.openMender();
  const made = await drafted(shell, mender, names, flags);
  if (made.plan.spec.steps.length === 0) shell.result([m.nodeConfig.noChange]);
  else if (flags.out === undefined)
    shell.result([m.nodeConfig.planned([context.program, 'node config apply', ...names].join(' '))]);
  await shell.document(() => made.plan, { exact: 'all' });
  if (flags.out !== undefined) {
    const text = await serialize(made.plan, flags.out.endsWith('.json') ? 'json' : 'yaml', { exact: 'all' });
    await writeOut(shell, flags.out, text);
    shell.result([m.plan.written(flags.out, context.program)]);
  }
  return made.nodes.every(({ ok }) => ok) ? exitCode.done : exitCode.failuresLeft;
}

/** Tells nodes of the mirrors, and looks whether they ask them. */
export async function runConfigApply(
  shell: Shell,
  names: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { m, context } = shell;
  const mender = await shell.openMender();
  const made = await drafted(shell, mender, names, flags);
  const [first] = made.nodes.flatMap((one) => (one.ok ? [] : [one.error]));
  if (first !== undefined && made.plan.spec.steps.length === 0) throw first;
  const consent = askingConsent(shell);
  const options = { ...runOptionsOf(flags), ...consent, allowUnverified: false };
  const result = await mender.apply(made.plan, options);
  const isDone = result.outcome === 'applied' && Object.keys(result.errors).length === 0;
  const toCheck = made.plan.spec.steps.flatMap(({ object }) => (object.kind === 'Node' ? [object.name] : []));
  const seen =
    isDone || result.outcome === 'nothing-to-do'
      ? await mender.nodeConfig.check(toCheck.length === 0 ? names : toCheck, optionsOf(flags))
      : [];
  shell.progress.finish();
  shell.detail(['', ...checkScreen(harmless(seen), shell.page)]);
  await shell.document(() => ({
    ...fixReport({ plan: made.plan }, result, consent.leftOut, shell.page.lang),
    checks: nodeConfigList('NodeConfigCheck', seen)['items'],
  }));
  const ending = harmless({ result, plan: made.plan, problems: [], seconds: consent.seconds() });
  const end = { ...ending, leftOut: consent.leftOut };
  shell.result(result.outcome === 'nothing-to-do' ? [m.nodeConfig.noChange] : endLines(end, shell.page));
  if (first !== undefined) return exitCode.failuresLeft;
  const exit = result.outcome === 'nothing-to-do' ? exitCode.done : exitOfRun(end);
  return exit === exitCode.done && !isAsked(seen) ? exitOfCheck(shell, context.program) : exit;
}

/** Whether nodes really ask their mirrors. */
export async function runConfigCheck(
  shell: Shell,
  names: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  const { image } = flags;
  const seen = await mender.nodeConfig.check(names, {
    ...optionsOf(flags),
    ...(image === undefined ? {} : { images: image }),
  });
  shell.progress.finish();
  shell.detail(checkScreen(harmless(seen), shell.page));
  await shell.document(() => nodeConfigList('NodeConfigCheck', seen));
  if (!isWell(seen)) return exitOfCheck(shell, shell.context.program);
  shell.result([shell.m.nodeConfig.checkWell]);
  return exitCode.done;
}

function exitOfCheck(shell: Shell, program: string): ExitCode {
  shell.result([shell.m.nodeConfig.checkLeft(`${program} node config apply`)]);
  return exitCode.failuresLeft;
}

type Checks = Awaited<ReturnType<Awaited<ReturnType<Shell['openMender']>>['nodeConfig']['check']>>;

/** The mirrors are asked; one that lacks just that image is asked all the same. */
function isAsked(seen: Checks): boolean {
  return seen.every(
    (one) => one.ok && one.value.canaries.every(({ result }) => result === 'used' || result === 'lacks'),
  );
}

function isWell(seen: Checks): boolean {
  return isAsked(seen) && seen.every((one) => one.ok && one.value.unused.length === 0);
}

/** Puts back what was written on nodes. */
export async function runConfigRestore(
  shell: Shell,
  names: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { m } = shell;
  const mender = await shell.openMender();
  const restored = await mender.nodeConfig.restore(names, {
    dryRun: isDryRun(flags),
    confirm: async (records) => {
      const runs = m.words.list(records.map(({ metadata }) => metadata.name));
      return await saysYes(shell, m.nodeConfig.ask(runs));
    },
  });
  shell.progress.finish();
  shell.result(
    restored.length === 0 ? [m.cli.ask.nothingChanged] : restoredScreen(harmless(restored), shell.page),
  );
  await shell.document(() => restoredReport(restored));
  const left = restored
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ outcome }) => outcome !== 'restored' && outcome !== 'already');
  if (restored.length === 0) return exitCode.nothingDone;
  return left.length === 0 ? exitCode.done : exitCode.failuresLeft;
}

/** The same settings for nodes that another program sets up. */
export async function runConfigGenerate(shell: Shell, _: readonly string[], flags: Flags): Promise<ExitCode> {
  const mender = await shell.openMender();
  requireMirrors(shell, mender);
  const { text, untold } = await mender.nodeConfig.generate(
    flags.format ?? 'ansible',
    flags.runtime ?? 'containerd',
    optionsOf(flags),
  );
  shell.progress.finish();
  if (flags.out === undefined) shell.context.stdout.write(text);
  else await writeOut(shell, flags.out, text);
  for (const line of untoldLines(harmless(untold), shell.page)) shell.context.stderr.write(`${line}\n`);
  return exitCode.done;
}
