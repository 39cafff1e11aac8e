import type { Document } from '../../../stages/mend/index.ts';
import { harmlessJson } from './harmless.ts';

/** A document as text, with a line break at its end. */
export async function serialize(document: Document, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return `${harmlessJson(JSON.stringify(document, undefined, 2))}\n`;
  const { stringify } = await import('yaml');
  // Through JSON first, so that both formats hold exactly the same.
  return stringify(JSON.parse(JSON.stringify(document)), { lineWidth: 0, aliasDuplicateObjects: false });
}
