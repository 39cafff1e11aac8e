import { createHash, type Hash } from 'node:crypto';

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

/** Digest of the bytes, as `algorithm:hex`. */
export function digestOf(bytes: Uint8Array, algorithm: DigestAlgorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Digest of the bytes under the algorithm of another digest, to compare with it. */
export function digestLike(digest: string, bytes: Uint8Array): string {
  return digestOf(bytes, parseDigest(digest)?.algorithm);
}

export function verifyDigest(bytes: Uint8Array, digest: string): boolean {
  return isDigest(digest) && digestLike(digest, bytes) === digest;
}

/** Hashes bytes as they pass, for what does not fit in memory. */
export type Digester = {
  update(chunk: Uint8Array): void;
  /** The digest so far; ends the work. */
  digest(): string;
};

/** A digester with the algorithm of the digest that is expected. */
export function digesterFor(expected: string): Digester {
  const algorithm = parseDigest(expected)?.algorithm ?? 'sha256';
  const hash: Hash = createHash(algorithm);
  return {
    update: (chunk) => void hash.update(chunk),
    digest: () => `${algorithm}:${hash.digest('hex')}`,
  };
}

function isAlgorithm(text: string): text is DigestAlgorithm {
  return Object.hasOwn(hexLength, text);
}
