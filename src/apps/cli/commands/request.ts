import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { services, type ImageRequest } from '../../../core/knowledge/requests/index.ts';
import type { Flags } from '../flags/flags.ts';
import { requestDocument, requestScreen } from '../render/mirrors/requests.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';

/** Services take minutes, and queues are long in the evening. */
const waitSecondsByDefault = 30 * 60;

export async function runRequest(
  shell: Shell,
  [image = '']: readonly string[],
  flags: Flags,
): Promise<ExitCode> {
  const { requests } = shell.m;
  if (flags.via === undefined)
    throw shell.usageError(requests.whichService(services.map(({ name }) => name).join(' | ')));
  const mender = await shell.openMender(undefined, () => undefined);
  const seconds = flags.timeout ?? waitSecondsByDefault;
  const result = await mender.request(image, {
    via: flags.via,
    ...(flags.repo === undefined ? {} : { repo: flags.repo }),
    create: flags.create ?? false,
    confirm: async (request) => await mayPublish(shell, flags, request),
    ...(flags.wait === true ? { waitSeconds: seconds } : {}),
    allowUnverified: flags.allowUnverified ?? false,
    onRequest: (request, issue) => {
      shell.detail(requestScreen(harmless({ request, issue }), shell.page));
      if (flags.wait === true) shell.progress.says(requests.waiting(image, Math.round(seconds / 60)));
    },
  });
  shell.progress.finish();
  if (result.declined) shell.result([requests.declined]);
  else if (result.found !== undefined) shell.result([requests.served(result.found.reference)]);
  else if (flags.quiet === true) shell.result([result.issue?.url ?? result.request.link]);
  await shell.document(() => requestDocument(result));
  return result.declined ? exitCode.nothingDone : exitCode.done;
}

/** An issue is public and cannot be taken back. Throws PM_NEEDS_YES where nobody can answer. */
async function mayPublish(shell: Shell, flags: Flags, request: ImageRequest): Promise<boolean> {
  if (flags.yes === true) return true;
  const ask = shell.format === 'table' ? shell.context.ask : undefined;
  if (ask === undefined) throw new PullmendError('PM_NEEDS_YES', { command: shell.line });
  shell.result(requestScreen(harmless({ request }), shell.page));
  shell.screen.close();
  const answer = await ask(`${shell.m.requests.ask(request.repository)}  `);
  return /^\s*y/i.test(answer ?? '');
}
