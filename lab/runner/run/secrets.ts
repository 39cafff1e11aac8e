import type { KubeObject } from '../world/index.ts';

/** Shorter ones are words that stand in any text; the lab's password is `secret`. */
const SHORTEST = 10;

/** The texts in a Secret that nobody may print: its values, and passwords inside a pull secret. */
export function secretsIn(object: KubeObject): readonly string[] {
  if (object.kind !== 'Secret') return [];
  const plain = Object.values((object['stringData'] ?? {}) as Record<string, string>);
  const encoded = Object.values((object['data'] ?? {}) as Record<string, string>);
  const values = [...plain, ...encoded.map((value) => Buffer.from(value, 'base64').toString())];
  return [...values, ...encoded, ...values.flatMap(passwordsIn)].filter((text) => text.length >= SHORTEST);
}

function passwordsIn(value: string): string[] {
  try {
    const { auths } = JSON.parse(value) as { auths?: Record<string, { password?: string; auth?: string }> };
    return Object.values(auths ?? {}).flatMap(({ password = '', auth = '' }) => [password, auth]);
  } catch {
    return [];
  }
}
