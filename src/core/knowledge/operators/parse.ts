import { LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import { closestWord, PullmendError, type ErrorParams } from '../../base/index.ts';
import { locator, type ConfigProblem, type Locator } from '../mirrors/config-problem.ts';
import { operatorSchema, type Operator } from './schema.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** The key by which each form of a place is told. */
const forms = ['field', 'flag', 'env', 'configMap'] as const;

/**
 * An operator as a person writes it, in YAML or JSON. `file` is the name for messages.
 * Errors: PM_KNOWLEDGE_INVALID with every mistake at its line and column.
 */
export function parseOperator(text: string, file: string): Operator {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map(({ pos, message }): ConfigProblem => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, path: '', fault: { kind: 'syntax', message } };
  });
  if (syntax.length > 0) throw invalid(file, syntax);
  const locate = locator(document, lines);
  const result = operatorSchema.safeParse(plain(document, file));
  if (result.success) return result.data;
  throw invalid(
    file,
    result.error.issues.flatMap((issue) => problems(issue, [], locate)),
  );
}

/** Aliases may unfold without end; the reader of YAML then refuses. */
function plain(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw invalid(file, [{ line: 1, column: 1, path: '', fault: { kind: 'syntax', message } }]);
  }
}

function invalid(file: string, all: readonly ConfigProblem[]): PullmendError<'PM_KNOWLEDGE_INVALID'> {
  const sorted = all.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const { line = 1, column = 1 } = sorted[0] ?? {};
  const params: ErrorParams<'PM_KNOWLEDGE_INVALID'> = { file, problems: sorted };
  return new PullmendError('PM_KNOWLEDGE_INVALID', params, { where: `${file}:${line}:${column}` });
}

function problems(issue: Issue, above: Path, locate: Locator): readonly ConfigProblem[] {
  const path = [...above, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => locate.problem([...path, key], { kind: 'unknown-key', key }));
    case 'invalid_type':
      return [
        locate.has(path)
          ? locate.problem(path, { kind: 'wrong-type', expected: issue.expected })
          : locate.problem(path, { kind: 'missing' }),
      ];
    case 'invalid_value': {
      if (!locate.has(path)) return [locate.problem(path, { kind: 'missing' })];
      const allowed = issue.values.map(String);
      const didYouMean = closestWord(locate.written(path), allowed);
      return [
        locate.problem(path, {
          kind: 'not-allowed',
          allowed,
          ...(didYouMean === undefined ? {} : { didYouMean }),
        }),
      ];
    }
    case 'invalid_union': {
      const form = forms.findIndex((key) => locate.has([...path, key]));
      const meant = issue.errors[form];
      if (meant !== undefined) return meant.flatMap((one) => problems(one, path, locate));
      return [
        locate.has(path)
          ? locate.problem(path, { kind: 'not-allowed', allowed: forms.map((key) => `{${key}: …}`) })
          : locate.problem(path, { kind: 'missing' }),
      ];
    }
    default:
      return [locate.problem(path, { kind: 'rule', rule: 'form' })];
  }
}
