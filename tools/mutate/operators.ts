import { parseAst } from 'rolldown/parseAst';

/** One small wrong turn in one file. */
export type Mutant = {
  /** Path from the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly operator: string;
  /** The text that stands there, and what takes its place. */
  readonly before: string;
  readonly after: string;
  /** The whole file with the wrong turn in it. */
  readonly text: string;
};

type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

/** What one operator does to one node: another text for a part of it. */
type Change = { readonly at: Node; readonly to: string };
type Operator = (node: Node, text: (node: Node) => string) => readonly Change[];

const opposites: Readonly<Record<string, string>> = {
  '===': '!==',
  '!==': '===',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};
const bounds: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' };
const logic: Readonly<Record<string, string>> = { '&&': '||', '||': '&&' };
const arithmetic: Readonly<Record<string, string>> = { '+': '-', '-': '+', '*': '/', '/': '*' };
const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
};
/** Methods whose result is of the kind that they are called on. */
const passing = ['filter', 'toReversed', 'toSorted', 'slice', 'trim'];

/** The wrong turns that a person might take, by name. */
const operators: Readonly<Record<string, Operator>> = {
  'condition negated': (node, text) => {
    if (node.type !== 'IfStatement' && node.type !== 'ConditionalExpression') return [];
    const test = node['test'] as Node;
    return [{ at: test, to: `!(${text(test)})` }];
  },
  'comparison flipped': (node, text) => swapped(node, 'BinaryExpression', opposites, text),
  'bound moved': (node, text) => swapped(node, 'BinaryExpression', bounds, text),
  'calculation changed': (node, text) => swapped(node, 'BinaryExpression', arithmetic, text),
  'and for or': (node, text) => swapped(node, 'LogicalExpression', logic, text),
  'default dropped': (node, text) =>
    node.type === 'LogicalExpression' && node['operator'] === '??'
      ? [{ at: node, to: text(node['left'] as Node) }]
      : [],
  'negation dropped': (node, text) =>
    node.type === 'UnaryExpression' && node['operator'] === '!'
      ? [{ at: node, to: text(node['argument'] as Node) }]
      : [],
  'return emptied': (node) => {
    const value =
      node.type === 'ReturnStatement'
        ? node['argument']
        : node.type === 'ArrowFunctionExpression' && node['expression'] === true
          ? node['body']
          : undefined;
    if (value === undefined || value === null) return [];
    const empty = emptied(value as Node);
    return empty === undefined ? [] : [{ at: value as Node, to: empty }];
  },
  'statement dropped': (node) =>
    node.type === 'ThrowStatement' || (node.type === 'ExpressionStatement' && node['directive'] === undefined)
      ? [{ at: node, to: ';' }]
      : [],
  'list emptied': (node) =>
    node.type === 'ArrayExpression' && (node['elements'] as readonly unknown[]).length > 0
      ? [{ at: node, to: '[]' }]
      : [],
  'constant changed': (node) => {
    if (node.type !== 'Literal') return [];
    const { value } = node;
    if (typeof value === 'boolean') return [{ at: node, to: String(!value) }];
    return typeof value === 'string' ? [{ at: node, to: value === '' ? "'other'" : "''" }] : [];
  },
  'method changed': (node, text) => {
    if (node.type !== 'CallExpression') return [];
    const callee = node['callee'] as Node;
    const property = callee['property'] as Node | undefined;
    if (callee.type !== 'MemberExpression' || property?.type !== 'Identifier') return [];
    const name = String(property['name']);
    const other = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (other !== undefined) return [{ at: property, to: other }];
    return passing.includes(name) ? [{ at: node, to: text(callee['object'] as Node) }] : [];
  },
};

function swapped(
  node: Node,
  type: string,
  table: Readonly<Record<string, string>>,
  text: (node: Node) => string,
): readonly Change[] {
  const to = node.type === type ? table[String(node['operator'])] : undefined;
  if (to === undefined) return [];
  return [{ at: node, to: `${text(node['left'] as Node)} ${to} ${text(node['right'] as Node)}` }];
}

function emptied(value: Node): string | undefined {
  if (value.type === 'ArrayExpression')
    return (value['elements'] as readonly unknown[]).length === 0 ? undefined : '[]';
  if (value.type === 'ObjectExpression')
    return (value['properties'] as readonly unknown[]).length === 0 ? undefined : '({})';
  return value.type === 'Identifier' && value['name'] === 'undefined' ? undefined : 'undefined';
}

/** Nodes that are types, or names of modules: nothing of them runs. */
const skipped = new Set(['ImportDeclaration', 'ExportAllDeclaration']);
const typeKeys = new Set(['typeAnnotation', 'typeParameters', 'typeArguments', 'returnType']);
const wrappers = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression']);

/** Every mutant of one source file, in the order of its text. */
export function mutantsOf(file: string, source: string): readonly Mutant[] {
  const program = parseAst(source, { lang: 'ts' }, file) as unknown as Node;
  const textOf = (node: Node): string => source.slice(node.start, node.end);
  const found = new Map<string, { readonly start: number; readonly mutant: Mutant }>();
  const visit = (node: Node): void => {
    for (const [operator, change] of Object.entries(operators)) {
      for (const { at, to } of change(node, textOf)) {
        const text = source.slice(0, at.start) + to + source.slice(at.end);
        const line = source.slice(0, at.start).split('\n').length;
        // Two operators may come to the same text.
        if (!found.has(text))
          found.set(text, {
            start: at.start,
            mutant: { file, line, operator, before: textOf(at), after: to, text },
          });
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return [...found.values()].toSorted((a, b) => a.start - b.start).map(({ mutant }) => mutant);
}

function childrenOf(node: Node): readonly Node[] {
  if (skipped.has(node.type)) return [];
  if (node.type.startsWith('TS')) return wrappers.has(node.type) ? [node['expression'] as Node] : [];
  if (node['source'] !== undefined && node['source'] !== null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (typeKeys.has(key) || (key === 'key' && node['computed'] !== true)) return [];
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter(isNode);
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
}
