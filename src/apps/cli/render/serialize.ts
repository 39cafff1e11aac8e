import type { Document } from '../../../flows/index.ts';
import { escapeHarmful } from './harmless.ts';

/** A document as text, with a line break at its end. */
export async function serialize(document: Document, format: 'json' | 'yaml'): Promise<string> {
  const json = JSON.stringify(document, undefined, 2);
  if (format === 'json') return escapeHarmful(`${json}\n`);
  // By way of a module of our own: of a CommonJS package the bundler gives late imports the default export only.
  const { yamlText } = await import('../yaml-text.ts');
  // Through JSON first, so that both formats hold exactly the same.
  return escapeHarmful(yamlText(JSON.parse(json)));
}
