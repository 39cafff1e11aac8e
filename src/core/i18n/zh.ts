import type { DomainWords } from './catalog.ts';
import { unmended } from './zh/unmended.ts';
import { words } from './zh/words.ts';

export const zh = { unmended, words } as const satisfies DomainWords;
