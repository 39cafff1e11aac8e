import { createHash, type Hash } from 'node:crypto';
import { isDigest, parseDigest, type DigestAlgorithm } from './digest.ts';

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
