import { PullmendError, redact } from '../../core/base/index.ts';

/** `error calling include: template: app/templates/_x.tpl:12:4: executing …`: the innermost place comes last. */
const place = /([\w.-]+(?:\/[\w.@-]+)+\.[a-z]+):(\d+)(?::(\d+))?/g;

/** What helm wrote to its error stream, as an error with the file and line of the chart where helm names one. */
export function helmFailure(command: string, stderr: string): PullmendError {
  const reason = reasonIn(stderr);
  const url = schemaUrl(reason);
  if (url !== undefined) return new PullmendError('PM_CHART_SCHEMA', { url: redact(url) });
  const found = [...reason.matchAll(place)].at(-1);
  const where = found === undefined ? undefined : found[0];
  return new PullmendError(
    'PM_HELM_FAILED',
    { command, reason: redact(reason) },
    where === undefined ? {} : { where },
  );
}

/**
 * Helm fetches what a schema of values refers to; told by what its JSON schema libraries say when that fails (helm 3.18
 * and newer: santhosh-tekuri/jsonschema, before: xeipuuv/gojsonschema).
 */
const unfetched =
  /(?:failing loading|HTTP request failed for|Get|Could not read schema from HTTP.*?)\s*"?((?:https?|file):\/\/[^\s"]+)/;

function schemaUrl(reason: string): string | undefined {
  if (!/meet the specifications of the schema|schema/i.test(reason)) return undefined;
  return unfetched.exec(reason)?.[1]?.replace(/[:,]$/, '');
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
