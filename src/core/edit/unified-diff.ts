import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Unified diff that `git apply` and `patch -p1` take; empty when nothing differs. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  const name = path.replace(/^\/+/, '');
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}
