/**
 * A glob over repository names as an RE2 expression, which is what CEL knows; `undefined` for one that says more than
 * can be said so (`[…]`, braces within braces, `**` within a part).
 */
export function globPattern(glob: string): string | undefined {
  const parts = glob.split('/');
  const patterns = parts.map((part, index) => partPattern(part, index === parts.length - 1));
  if (patterns.includes(undefined)) return undefined;
  return `^${patterns.join('')}$`;
}

/** With the slash that follows it; `**` stands for any parts, none as well. */
function partPattern(part: string, isLast: boolean): string | undefined {
  if (part === '**') return isLast ? '.*' : '(?:[^/]+/)*';
  if (part.includes('**') || /[[\]]/.test(part)) return undefined;
  const braces = [...part.matchAll(/\{([^{}]*)\}/g)];
  if (part.replaceAll(/\{[^{}]*\}/g, '').match(/[{}]/) !== null) return undefined;
  if (braces.some(([, inner = '']) => !inner.includes(',') || inner.includes('/'))) return undefined;
  const text = part
    .replaceAll(/[.+^$()|\\]/g, String.raw`\$&`)
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll(/\{([^{}]*)\}/g, (_, inner: string) => `(?:${inner.replaceAll(',', '|')})`);
  return isLast ? text : `${text}/`;
}
