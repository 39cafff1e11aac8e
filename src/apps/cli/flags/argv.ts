import { flagSyntax } from './flags.ts';

const syntaxes = Object.values(flagSyntax);
/** Flags that are there or not: `--yes`, `-y`. */
const switches = new Set(syntaxes.filter((it) => !/[<[]/.test(it)).flatMap((it) => it.split(', ')));
/** Flags whose value may be left out, by what that means. */
const usual: Readonly<Record<string, string>> = { '--dry-run': 'server' };

/**
 * The forms that kubectl's flags take besides ours: `-o=json`, `-A=true`, `--yes=false`, and `--dry-run` with or without
 * a value. What stands behind `--` stays as it is.
 */
export function kubectlForms(argv: readonly string[]): readonly string[] {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  return [...argv.slice(0, end).flatMap(form), ...argv.slice(end)];
}

function form(word: string): readonly string[] {
  const value = usual[word];
  if (value !== undefined) return [`${word}=${value}`];
  const [, flag = '', given = ''] = /^(-\w|--[\w-]+)=(.*)$/s.exec(word) ?? [];
  if (switches.has(flag)) return given === 'true' ? [flag] : given === 'false' ? [] : [word];
  return /^-\w$/.test(flag) ? [flag, given] : [word];
}
