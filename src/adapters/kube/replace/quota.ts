import { asText, digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';

/** ResourceQuota's sentence (apiserver, plugin/pkg/admission/resourcequota/controller.go). */
const sentence = /exceeded quota: [^,]+, requested: (.*), used: (.*), limited: (.*)$/;

/** True for a refusal that comes from a quota which is full. */
export function isQuotaRefusal(message: string): boolean {
  return message.includes('exceeded quota: ');
}

/**
 * Whether there is room once the old object is gone. While it is there, a quota counts both, so that a trial under
 * another name is refused in every full namespace. The new object asks for what the old one has (images ask for
 * nothing), so there is room exactly when the quota is not overdrawn, and when the old one counts at all: pods that
 * ended count only as objects (`count/pods`).
 *
 * ResourceQuota is the last admission plugin: what it refuses, all others have accepted.
 */
export function roomWhenGone(message: string, old: JsonObject): boolean {
  const [, requested, used, limited] = sentence.exec(message) ?? [];
  const [asks, uses, limits] = [amounts(requested), amounts(used), amounts(limited)];
  if (asks.size === 0) return false;
  const ended = old.kind === 'Pod' && /^(Succeeded|Failed)$/.test(digText(old, 'status', 'phase') ?? '');
  return [...asks.keys()].every((resource) => {
    if (ended && !resource.startsWith('count/')) return false;
    const [use, limit] = [uses.get(resource), limits.get(resource)];
    return use !== undefined && limit !== undefined && use <= limit;
  });
}

/** `pods=1,requests.cpu=100m` */
function amounts(list: string | undefined): ReadonlyMap<string, number> {
  const pairs = (asText(list) ?? '').split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    const amount = quantity(pair.slice(at + 1));
    return at < 1 || amount === undefined ? [] : [[pair.slice(0, at).trim(), amount] as const];
  });
  return new Map(pairs);
}

const powers: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A resource quantity (apimachinery, pkg/api/resource) as a number; undefined for what is none. */
export function quantity(text: string): number | undefined {
  const [, digits, exponent, suffix = ''] =
    /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:[eE]([+-]?\d+)|([A-Za-z]*))$/.exec(text.trim()) ?? [];
  const power = powers[suffix];
  if (digits === undefined || power === undefined) return undefined;
  return Number(digits) * (exponent === undefined ? power : 10 ** Number(exponent));
}
