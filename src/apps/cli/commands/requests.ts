import { exitCode, languages, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { answerRequest, servedImages, type CopyReport } from '../../../flows/index.ts';
import { CopyProgress } from '../copy-progress.ts';
import type { Flags } from '../flags/flags.ts';
import { isDryRun } from '../flags/options.ts';
import { copyScreen } from '../render/copies/copy.ts';
import { copyReport } from '../render/documents/index.ts';
import { harmless } from '../render/harmless.ts';
import {
  answerDocument,
  answerScreen,
  answerWords,
  serviceDocument,
  servicesScreen,
} from '../render/mirrors/requests.ts';
import { copierOptions, type Shell } from '../shell.ts';
import { loadMessages } from '../words/index.ts';

const quotaByDefault = 10;

export async function runRequestsList(shell: Shell): Promise<ExitCode> {
  shell.result(servicesScreen(shell.page));
  await shell.document(() => serviceDocument(shell.page.lang));
  return exitCode.done;
}

/** In a workflow that an issue has started. */
export async function runRequestsAnswer(shell: Shell, _: readonly string[], flags: Flags): Promise<ExitCode> {
  const { context } = shell;
  const file = flags.event ?? context.env['GITHUB_EVENT_PATH'];
  if (file === undefined) throw new PullmendError('PM_REQUEST_EVENT', {});
  const event = await shell.readText(file);
  await Promise.all(languages.map(loadMessages));
  const answer = await answerRequest(
    event,
    {
      to: target(shell, flags),
      allow: flags.allow === undefined ? [] : patterns(await shell.readText(flags.allow)),
      quota: flags.quota ?? quotaByDefault,
      platforms: flags.platform ?? [],
      words: (it) => answerWords(it, shell.m, shell.page.lang, flags.quota ?? quotaByDefault),
    },
    copierOptions(context, flags, () => undefined),
  );
  shell.result(answerScreen(harmless(answer), shell.page));
  await shell.document(() => answerDocument(answer, shell.page.lang));
  return answer.outcome === 'failed' ? exitCode.nothingDone : exitCode.done;
}

/** Copies again what was served before: moving tags move on the mirror too. */
export async function runRequestsRefresh(
  shell: Shell,
  _: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const to = target(shell, flags);
  const images = await servedImages(copierOptions(shell.context, flags, () => undefined));
  const progress = new CopyProgress(shell);
  const copier = await shell.openCopier(progress.handle);
  try {
    const list = images.join('\n');
    const pairs = await copier.list(list, 'requests', to);
    progress.begin(pairs.length);
    const dryRun = isDryRun(flags);
    const report: CopyReport = await copier.copy(pairs, { platforms: flags.platform ?? [], dryRun });
    progress.finish();
    shell.result(copyScreen(harmless(report), dryRun, shell.page));
    await shell.document(() => copyReport(report, dryRun, shell.page.lang));
    return report.results.some(({ state }) => state === 'failed') ? exitCode.failuresLeft : exitCode.done;
  } finally {
    progress.finish();
    await copier.close();
  }
}

function target(shell: Shell, flags: Flags): string {
  if (flags.to === undefined) throw shell.usageError(shell.m.requests.neededTo);
  return flags.to;
}

/** One glob a line; empty lines and `#` are left out. */
function patterns(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim())
    .filter((line) => line !== '');
}
