import { readLines } from './block.ts';
import { NotPlain } from './cursor.ts';
import type { PlainNode } from './node.ts';

export { nodeAtTokens, repeatedKey, valueOfNode, type PlainNode } from './node.ts';
export { numberAsWritten } from './scalars.ts';

/**
 * Reads a document of the YAML that manifests are written in: maps, lists, texts and JSON, without anchors, tags
 * and other rarities. Many times as fast as the full parser. `undefined` for a document that the full parser has to
 * judge; `null` for one without content.
 *
 * @param start offset of the document's first line, behind its `---`
 */
export function readPlain(text: string, start: number, end: number): PlainNode | null | undefined {
  try {
    return readLines(text, start, end) ?? null;
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}
