/** Hash functions of OCI digests and the length of their value in hex digits (OCI image-spec, descriptor.md). */
const hexLength = { sha256: 64, sha384: 96, sha512: 128 } as const;

export type DigestAlgorithm = keyof typeof hexLength;

/** A digest in its two parts. */
export type Digest = { readonly algorithm: DigestAlgorithm; readonly hex: string };

/** Reads `algorithm:hex`; `undefined` for an unknown algorithm, a wrong length or upper-case digits. */
export function parseDigest(text: string): Digest | undefined {
  const [algorithm = '', hex = '', ...more] = text.split(':');
  if (more.length > 0 || !isAlgorithm(algorithm)) return undefined;
  return hex.length === hexLength[algorithm] && /^[a-f0-9]+$/.test(hex) ? { algorithm, hex } : undefined;
}

export function isDigest(text: string): boolean {
  return parseDigest(text) !== undefined;
}

function isAlgorithm(text: string): text is DigestAlgorithm {
  return Object.hasOwn(hexLength, text);
}
