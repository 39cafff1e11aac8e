import { ownOperatorFiles, readOperatorFile } from '../../adapters/config/index.ts';
import type { Operator } from '../../core/knowledge/operators/index.ts';

/** An operator, and the file that the user wrote of it; without one it comes with pullmend. */
export type KnownOperator = { readonly operator: Operator; readonly file?: string };

type Place = { readonly env: Readonly<Record<string, string | undefined>>; readonly home: string };

/** All that is known; the user's own description of an operator counts before ours of the same name. */
export async function knownOperators({ env, home }: Place): Promise<readonly KnownOperator[]> {
  // Large, and of use only where somebody asks.
  const { operators, parseOperator } = await import('../../core/knowledge/operators/index.ts');
  const files = await ownOperatorFiles(env, home);
  const own = files.map(({ file, text }) => ({ file, operator: parseOperator(text, file) }));
  const names = new Set(own.map(({ operator }) => operator.name));
  const ours = operators.filter(({ name }) => !names.has(name)).map((operator) => ({ operator }));
  return [...own, ...ours].toSorted((a, b) => (a.operator.name < b.operator.name ? -1 : 1));
}

/** Reads a description. Errors: PM_KNOWLEDGE_INVALID, PM_CONFIG_NOT_FOUND. */
export async function checkOperatorFile(file: string): Promise<Operator> {
  const { parseOperator } = await import('../../core/knowledge/operators/index.ts');
  return parseOperator((await readOperatorFile(file)).text, file);
}
