import { type Document, isMap, isNode, isScalar, type LineCounter, type Node } from 'yaml';
import type * as z from 'zod';
import { closestWord, type ErrorParams } from '../../base/index.ts';

export type ConfigProblem = ErrorParams<'PM_CONFIG_INVALID'>['problems'][number];
export type ConfigFault = ConfigProblem['fault'];
export type ConfigRule = Extract<ConfigFault, { kind: 'rule' }>['rule'];

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Where things stand in a YAML document, and how they are named for a person. */
export type Locator = {
  readonly has: (path: Path) => boolean;
  /** The scalar at a path, as a text. */
  readonly written: (path: Path) => string;
  readonly problem: (path: Path, fault: ConfigFault) => ConfigProblem;
};

export function locator(document: Document, lines: LineCounter): Locator {
  return {
    has: (path) => document.hasIn(path),
    written: (path) => String(document.getIn(path) ?? ''),
    problem: (path, fault) => {
      const offset = offsetOf(document, path, fault);
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(1, line), column: Math.max(1, col), path: pathText(path), fault };
    },
  };
}

/** Turns what the schema found into problems at their places. */
export function problemsOf(
  issues: readonly Issue[],
  locate: Locator,
  keysAt: (path: Path) => readonly string[],
) {
  return issues.flatMap((issue) => problemsOfIssue(issue, [], locate, keysAt));
}

function problemsOfIssue(
  issue: Issue,
  parent: Path,
  locate: Locator,
  keysAt: (path: Path) => readonly string[],
): readonly ConfigProblem[] {
  const path = [...parent, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        locate.problem([...path, key], { kind: 'unknown-key', key, ...suggest(key, keysAt(path)) }),
      );
    case 'invalid_union':
      return unionProblems(issue, path, locate, keysAt);
    case 'invalid_value':
      return [valueProblem(issue.values.map(String), path, locate)];
    case 'invalid_key':
      return [locate.problem(path, { kind: 'rule', rule: 'alias' })];
    case 'custom':
      return [locate.problem(path, { kind: 'rule', rule: issue.message as ConfigRule })];
    case 'invalid_type':
      return [
        locate.has(path)
          ? locate.problem(path, { kind: 'wrong-type', expected: issue.expected })
          : locate.problem(path, { kind: 'missing' }),
      ];
    default:
      return [locate.problem(path, { kind: 'missing' })];
  }
}

/** Only one form of the union fits the kind of value that was written; its problems are the ones to tell. */
function unionProblems(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: Path,
  locate: Locator,
  keysAt: (path: Path) => readonly string[],
): readonly ConfigProblem[] {
  const meant = issue.errors.find((form) =>
    form.every((it) => it.path.length > 0 || it.code === 'unrecognized_keys'),
  );
  if (meant !== undefined) return meant.flatMap((it) => problemsOfIssue(it, path, locate, keysAt));
  const allowed = issue.errors
    .flat()
    .flatMap((it) => (it.code === 'invalid_value' ? it.values.map(String) : []));
  return [
    locate.problem(path, { kind: 'not-allowed', allowed: [...allowed, '{secretRef: namespace/name}'] }),
  ];
}

function valueProblem(allowed: readonly string[], path: Path, locate: Locator): ConfigProblem {
  if (!locate.has(path)) return locate.problem(path, { kind: 'missing' });
  return locate.problem(path, { kind: 'not-allowed', allowed, ...suggest(locate.written(path), allowed) });
}

function suggest(word: string, known: readonly string[]): { didYouMean?: string } {
  const didYouMean = closestWord(word, known);
  return didYouMean === undefined ? {} : { didYouMean };
}

/** A key for an unknown one, the value for a wrong one, what surrounds it for a missing one. */
function offsetOf(document: Document, path: Path, fault: ConfigFault): number {
  const parent = nodeAt(document, path.slice(0, -1));
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
    : undefined;
  const exact = fault.kind === 'unknown-key' ? pair?.key : nodeAt(document, path);
  const nearest = [exact, pair?.key, parent].find((it): it is Node => isNode(it) && it.range != null);
  if (nearest?.range) return nearest.range[0];
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1), { kind: 'missing' });
}

function nodeAt(document: Document, path: Path): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

/** `mirrors[0].scheme` */
function pathText(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
