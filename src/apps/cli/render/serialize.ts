import type { Document as Content } from '../../../stages/mend/index.ts';
import { escapeHarmful, isHarmful } from './harmless.ts';

/** A document as text, with a line break at its end. */
export async function serialize(document: Content, format: 'json' | 'yaml'): Promise<string> {
  if (format === 'json') return escapeHarmful(`${JSON.stringify(document, undefined, 2)}\n`);
  const { Document, isScalar, visit } = await import('yaml');
  // Through JSON first, so that both formats hold exactly the same.
  const tree = new Document(JSON.parse(JSON.stringify(document)), { aliasDuplicateObjects: false });
  visit(tree, {
    Scalar: (_, scalar) => {
      // Only between double quotes a control character can be written as an escape.
      if (isScalar(scalar) && typeof scalar.value === 'string' && isHarmful(scalar.value))
        scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return escapeHarmful(tree.toString({ lineWidth: 0 }));
}
