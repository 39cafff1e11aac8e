import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import { services, type ImageRequest } from '../../../core/knowledge/requests/index.ts';
import { saysYes } from '../consent.ts';
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
    confirm: async (request) => await mayPublish(shell, request),
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
async function mayPublish(shell: Shell, request: ImageRequest): Promise<boolean> {
  return await saysYes(shell, shell.m.requests.ask(request.repository), () => {
    shell.result(requestScreen(harmless({ request }), shell.page));
  });
}
