import { parseSelection, rbacUses } from '../../../core/model/index.ts';
import { PullmendError, languages } from '../../../core/base/index.ts';
import type { Catalog } from '../words/index.ts';
import { dryRuns, outputFormats, pullPolicies, type ExtraFormat, type FlagName } from './flags.ts';

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

/** Below it a volume would be little more than the chunks in it. */
const smallestVolume = 2 * 1024 ** 2;

/** Bytes of a size such as `700MB` (powers of 1000) or `4GiB` (of 1024); `undefined` for less than a volume needs. */
export function parseSize(text: string): number | undefined {
  const [, amount = '', prefix = '', binary] = /^(\d+(?:\.\d+)?)([KMGT])(i?)B?$/i.exec(text) ?? [];
  const power = 'KMGT'.indexOf(prefix.toUpperCase()) + 1;
  const bytes = Math.floor(Number(amount) * (binary === '' ? 1000 : 1024) ** power);
  return amount !== '' && bytes >= smallestVolume ? bytes : undefined;
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
    dryRun: oneOf('--dry-run', dryRuns),
    asGroup: (text, previous) => [...(Array.isArray(previous) ? previous : []), text],
    requestTimeout: (text) => parseDuration(text) ?? refuse(usage.badDuration('--request-timeout', text)),
    output: oneOf('-o', [...outputFormats, ...formats]),
    pullPolicy: oneOf('--pull-policy', pullPolicies),
    registry: collect(/^[\w.-]+(?::\d+)?$/, (text) => usage.badHost('--registry', text)),
    image: collect(/^[^\s]+$/, usage.badImage),
    nodeAccess: oneOf('--node-access', ['local', 'pod', 'ssh']),
    format: oneOf('--format', ['ansible', 'cloud-init']),
    runtime: oneOf('--runtime', ['containerd', 'crio', 'dockerd', 'k3s']),
    zone: oneOf('--zone', ['cn']),
    timeout: (text) => parseDuration(text) ?? refuse(usage.badDuration('--timeout', text)),
    every: (text) => parseDuration(text) ?? refuse(usage.badDuration('--every', text)),
    repo: (text) => (/^[\w.-]+\/[\w.-]+$/.test(text) ? text : refuse(usage.badRepo(text))),
    keepLast: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : refuse(usage.badKeepLast(text))),
    replicate: (text) => (/^[a-z0-9*?{},._/[\]-]+$/.test(text) ? text : refuse(usage.badPattern(text))),
    only: (text, previous) => [
      ...(Array.isArray(previous) ? previous : []),
      parseSelection(text) ?? refuse(usage.badSelection(text)),
    ],
    maxChanges: (text) =>
      /^(?:0|[1-9]\d{0,5})$/.test(text) ? Number(text) : refuse(usage.badMaxChanges(text)),
    quota: (text) => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : refuse(usage.badQuota(text))),
    for: collect(new RegExp(`^(?:${rbacUses.join('|')})$`), (text) =>
      usage.badUse(text, rbacUses.join(', ')),
    ),
    acceptLoss: collect(/^[^/\s]+\/[^/\s]+\/[^/\s]+$/, usage.badLoss),
    platform: collect(/^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/, usage.badPlatform),
    volumeSize: (text) => parseSize(text) ?? refuse(usage.badSize(text)),
    set: collect(/^[^=\s][^=]*=/, usage.badSetting),
    source: collect(/./, usage.badPattern),
    include: collect(/./, usage.badPattern),
    exclude: collect(/./, usage.badPattern),
    whole: collect(/./, usage.badPattern),
    excludeNamespace: collect(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, usage.badNamespace),
    plainHttp: collect(/^[^/\s]+$/, (text) => usage.badHost('--plain-http', text)),
  };
}
