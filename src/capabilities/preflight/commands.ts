import type { Mirror } from '../../core/model/index.ts';
import type { InstallerAdvice, PreflightItem } from './types.ts';

/** Command lines of pullmend that fill the gaps: manifests are rewritten, installers' names are copied to. */
export function commandsFor(
  items: readonly PreflightItem[],
  advice: readonly InstallerAdvice[],
  mirrors: readonly Mirror[],
): readonly string[] {
  const elsewhere = items.filter((it) => it.state === 'elsewhere');
  const files = [...new Set(elsewhere.flatMap((it) => (it.image === it.original ? it.files : [])))];
  const doubtful = elsewhere.some((it) => it.files.length > 0 && it.identity === 'different');
  const flags = ['--in-place', ...(doubtful ? ['--allow-unverified'] : [])];
  const rewrites = files.length === 0 ? [] : [['rewrite', ...files, ...flags]];
  // An installer's setting made the name, so the image must be brought there.
  const brought = elsewhere
    .filter((it) => it.image !== it.original)
    .map(({ from = '', image }) => ['copy', from, image]);
  const writable = new Set(mirrors.filter((it) => it.writable).map(({ name }) => name));
  const prepared = advice
    .filter(({ mirror }) => writable.has(mirror))
    .flatMap(({ uncovered }) =>
      uncovered.flatMap(({ from, image }) => (from === undefined ? [] : [['copy', from, image]])),
    );
  // Once the copies are there, the setting moves all images at once.
  const isReady = ({ mirror, uncovered }: InstallerAdvice): boolean =>
    uncovered.every(({ from }) => from !== undefined && writable.has(mirror));
  const configured = advice
    .filter(isReady)
    .map(({ file }) => ['rewrite', file, '--set-registry', '--in-place']);
  const lines = [...rewrites, ...brought, ...prepared, ...configured].map((words) =>
    words.map(quoted).join(' '),
  );
  return [...new Set(lines)];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
