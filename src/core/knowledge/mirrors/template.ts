import type { Reference } from '../../image/index.ts';

/** What a template may hold, and what it stands for. */
const placeholders: Readonly<Record<string, (original: Reference) => string | undefined>> = {
  host: (it) => it.registry,
  repository: (it) => it.repository,
  namespace: (it) => it.repository.split('/').slice(0, -1).join('/'),
  last: (it) => it.repository.split('/').at(-1),
  tag: (it) => it.tag ?? (it.digest === undefined ? 'latest' : undefined),
  digest: (it) => it.digest,
};

export const placeholderNames: readonly string[] = Object.keys(placeholders);

const placeholderPattern = /\{([^{}]*)\}/g;

/** Names between braces in the template, known or not. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(placeholderPattern)].map(([, name]) => name ?? '');
}

/** Fills the template; `undefined` when the original has no value for a placeholder, e.g. no digest. */
export function fillTemplate(template: string, original: Reference): string | undefined {
  const missing = placeholdersOf(template).some((name) => placeholders[name]?.(original) === undefined);
  if (missing) return undefined;
  const filled = template.replace(
    placeholderPattern,
    (_, name: string) => placeholders[name]?.(original) ?? '',
  );
  // An image without a namespace (registry.k8s.io/pause) leaves a gap between two slashes.
  return filled.replaceAll('//', '/');
}
