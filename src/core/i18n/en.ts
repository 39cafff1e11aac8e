import { managers } from './en/managers.ts';
import { unmended } from './en/unmended.ts';
import { words } from './en/words.ts';

/** English sets the shape of the catalogue. */
export const en = { managers, unmended, words } as const;
