import { Document, isScalar, parseDocument, visit } from 'yaml';
import { isHarmful } from './render/harmless.ts';

/** Plain data as YAML; texts that would do something to a terminal are written with escapes, lines as lines. */
export function yamlText(data: unknown): string {
  const tree = new Document(data, { aliasDuplicateObjects: false });
  visit(tree, {
    Scalar: (_, scalar) => {
      // Only between double quotes a control character can be written as an escape.
      if (
        isScalar(scalar) &&
        typeof scalar.value === 'string' &&
        isHarmful(scalar.value.replaceAll('\n', ' '))
      )
        scalar.type = 'QUOTE_DOUBLE';
    },
  });
  return tree.toString({ lineWidth: 0 });
}

export type ReadYaml =
  | { readonly ok: true; readonly data: unknown }
  | { readonly ok: false; readonly problem: string; readonly line: number; readonly column: number };

/** Reads one YAML (or JSON) document; line and column count from 1. */
export function readYamlText(text: string): ReadYaml {
  const document = parseDocument(text, { uniqueKeys: true });
  const [error] = document.errors;
  if (error === undefined) {
    try {
      return { ok: true, data: document.toJS({ maxAliasCount: 100 }) };
    } catch (cause) {
      // Aliases without an anchor, or that unfold without end.
      return {
        ok: false,
        problem: problemOf(cause instanceof Error ? cause.message : ''),
        line: 1,
        column: 1,
      };
    }
  }
  const { line = 1, col = 1 } = error.linePos?.[0] ?? {};
  return { ok: false, problem: problemOf(error.message), line, column: col };
}

/** The parser writes the place and the line of the text behind its words; both are told apart from them. */
function problemOf(message: string): string {
  return (message.split('\n')[0] ?? message).replace(/ at line \d+, column \d+:?$/, '');
}
