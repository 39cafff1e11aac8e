import type { DomainWords } from './catalog.ts';
import { managers } from './zh/managers.ts';
import { unmended } from './zh/unmended.ts';
import { words } from './zh/words.ts';

export const zh = { managers, unmended, words } as const satisfies DomainWords;
