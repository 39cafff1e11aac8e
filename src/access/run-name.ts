import { randomBytes } from 'node:crypto';

/** A name for a run, and for its plan: `r-7f3a91`. */
export function newRunName(): string {
  return `r-${randomBytes(3).toString('hex')}`;
}
