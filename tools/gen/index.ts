import { commandPages } from './commands.ts';
import { errorPages } from './errors.ts';
import { exitCodePages } from './exit-codes.ts';
import { failureClassPages } from './failure-classes.ts';
import { operatorPages } from './operators.ts';
import type { Page } from './page.ts';

/** Every page that follows from the code. */
export function referencePages(): readonly Page[] {
  return [...commandPages(), ...errorPages(), ...exitCodePages(), ...failureClassPages(), ...operatorPages()];
}
