import { PullmendError, languages } from '../../../core/base/index.ts';
import type { Catalog } from '../../../core/i18n/index.ts';
import { outputFormats, pullPolicies, type ExtraFormat, type FlagName } from './flags.ts';

type Usage = Catalog['cli']['usage'];
/** Reads the text of one flag; `previous` holds what the same flag gave before. */
export type ValueReader = (text: string, previous: unknown) => unknown;

const secondsOf: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds of a Go duration as kubectl takes it (`90s`, `5m`, `1h30m`); a bare number is seconds. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return positive(Number(text));
  if (!/^(\d+(\.\d+)?[hms])+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([hms])/g)) {
    total += Number(amount) * (secondsOf[unit ?? 's'] ?? 1);
  }
  return positive(total);
}

function positive(seconds: number): number | undefined {
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/**
 * Readers of the flags whose text must have a form; all others are taken as they are.
 *
 * @param formats what `-o` takes besides the usual formats.
 */
export function valueReaders(
  usage: Usage,
  help: string,
  formats: readonly ExtraFormat[] = [],
): Readonly<Partial<Record<FlagName, ValueReader>>> {
  const refuse = (problem: string): never => {
    throw new PullmendError('PM_USAGE', { problem, help });
  };
  const oneOf =
    (flag: string, allowed: readonly string[]): ValueReader =>
    (text) =>
      allowed.includes(text) ? text : refuse(usage.badChoice(flag, text, allowed.join(', ')));
  const collect =
    (form: RegExp, problem: (text: string) => string): ValueReader =>
    (text, previous) =>
      form.test(text) ? [...(Array.isArray(previous) ? previous : []), text] : refuse(problem(text));
  return {
    lang: oneOf('--lang', languages),
    output: oneOf('-o', [...outputFormats, ...formats]),
    pullPolicy: oneOf('--pull-policy', pullPolicies),
    timeout: (text) => parseDuration(text) ?? refuse(usage.badDuration('--timeout', text)),
    acceptLoss: collect(/^[^/\s]+\/[^/\s]+\/[^/\s]+$/, usage.badLoss),
    platform: collect(/^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/, usage.badPlatform),
    plainHttp: collect(/^[^/\s]+$/, usage.badHost),
  };
}
