import { commands } from '../commands.ts';

const names = commands.map(({ name }) => name).join('|');
const calls = new RegExp(String.raw`(?<!kubectl )(?<![\w/.-])pullmend (?=(?:${names}|COMMAND)\b)`, 'g');

/** Commands of a text under the name by which pullmend was called: `kubectl pullmend fix`. */
export function asCalled(text: string, program: string): string {
  return program === 'pullmend' ? text : text.replaceAll(calls, `${program} `);
}
