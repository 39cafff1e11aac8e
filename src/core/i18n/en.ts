import { unmended } from './en/unmended.ts';
import { words } from './en/words.ts';

/** English sets the shape of the catalogue. */
export const en = { unmended, words } as const;
