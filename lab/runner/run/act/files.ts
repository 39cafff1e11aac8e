import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { substitute } from '../../file/index.ts';
import { check, variablesOf, type Context } from '../context.ts';

/** Each of the given files is as it was given, byte for byte, or none is. */
export function lookAtFiles(context: Context, wanted: 'as-given' | 'changed'): void {
  const files = Object.entries(substitute(context.scenario.given.files, variablesOf(context)));
  for (const [name, given] of files) {
    const same = textOf(join(context.home, name)) === given;
    const seen = same ? 'the same' : 'another text';
    check(context, `${name} is ${wanted}`, same === (wanted === 'as-given'), seen);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
