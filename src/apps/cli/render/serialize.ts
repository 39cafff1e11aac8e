import type { Document } from '../../../flows/index.ts';
import { redactAll } from '../../../core/base/index.ts';
import { escapeHarmful } from './harmless.ts';

export type SerializeOptions = {
  /** Parts that are carried out later, byte for byte: a plan, a patch. All others go without secrets. */
  readonly exact?: 'all' | readonly string[] | undefined;
};

/** A document as text, with a line break at its end. */
export async function serialize(
  document: Document,
  format: 'json' | 'yaml',
  { exact = [] }: SerializeOptions = {},
): Promise<string> {
  const shown =
    exact === 'all'
      ? document
      : Object.fromEntries(
          Object.entries(document).map(([key, part]) => [key, exact.includes(key) ? part : redactAll(part)]),
        );
  const json = JSON.stringify(shown, undefined, 2);
  if (format === 'json') return escapeHarmful(`${json}\n`);
  // By way of a module of our own: of a CommonJS package the bundler gives late imports the default export only.
  const { yamlText } = await import('../yaml-text.ts');
  // Through JSON first, so that both formats hold exactly the same.
  return escapeHarmful(yamlText(JSON.parse(json)));
}
