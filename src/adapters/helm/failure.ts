import { PullmendError, redact } from '../../core/base/index.ts';

/** `error calling include: template: app/templates/_x.tpl:12:4: executing …`: the innermost place comes last. */
const place = /([\w.-]+(?:\/[\w.@-]+)+\.[a-z]+):(\d+)(?::(\d+))?/g;

/** What helm wrote to its error stream, as an error with the file and line of the chart where helm names one. */
export function helmFailure(command: string, stderr: string): PullmendError {
  const reason = reasonIn(stderr);
  const found = [...reason.matchAll(place)].at(-1);
  const where = found === undefined ? undefined : found[0];
  return new PullmendError(
    'PM_HELM_FAILED',
    { command, reason: redact(reason) },
    where === undefined ? {} : { where },
  );
}

/** Without warnings, the level word and the advice about `--debug`. */
function reasonIn(stderr: string): string {
  const lines = stderr
    .split('\n')
    .filter((line) => !/^(?:WARNING:|W\d{4} |level=WARN|Use --debug flag)/.test(line))
    .join('\n')
    .trim();
  return lines.replace(/^Error: /, '').trim() || 'it gave no reason';
}
