import { LineCounter, parseDocument, visit, type Document } from 'yaml';
import { PullmendError } from '../../base/index.ts';
import { parseReference, repositoryName } from '../../image/index.ts';
import type { Mirror, MirrorCredentials, MirrorSet, SchemeName } from '../../model/index.ts';
import { locator, problemsOf, type ConfigProblem, type Locator } from './config-problem.ts';
import { keysAt, mirrorSetSchema, type WrittenMirror } from './config-schema.ts';
import { placeKeys, schemes } from './schemes.ts';

/**
 * Reads a MirrorSet and fills the defaults. `file` is the name for messages.
 * Throws PM_CONFIG_INVALID with every mistake at its line and column.
 */
export function parseMirrorSet(text: string, file: string): MirrorSet {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  failOnAny(file, syntaxProblems(document, lines));
  const locate = locator(document, lines);
  const result = mirrorSetSchema.safeParse(toPlain(document, file, lines));
  if (!result.success) return fail(file, problemsOf(result.error.issues, locate, keysAt));
  const { mirrors, ...rest } = result.data;
  failOnAny(
    file,
    mirrors.flatMap((mirror, index) => placeProblems(mirror, index, mirrors, locate)),
  );
  return { ...rest, mirrors: mirrors.map(fillMirror) };
}

function failOnAny(file: string, problems: readonly ConfigProblem[]): void {
  if (problems.length > 0) fail(file, problems);
}

function fail(file: string, problems: readonly ConfigProblem[]): never {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const { line = 1, column = 1 } = sorted[0] ?? {};
  throw new PullmendError(
    'PM_CONFIG_INVALID',
    { file, problems: sorted },
    { where: `${file}:${line}:${column}` },
  );
}

function syntaxProblems(document: Document, lines: LineCounter): readonly ConfigProblem[] {
  return document.errors.map(({ pos, message }) => {
    const { line, col } = lines.linePos(pos[0]);
    return { line, column: col, path: '', fault: { kind: 'syntax', message } };
  });
}

function toPlain(document: Document, file: string, lines: LineCounter): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const { line, col } = lines.linePos(aliasOffset(document));
    const message = error instanceof Error ? error.message : String(error);
    return fail(file, [{ line, column: col, path: '', fault: { kind: 'syntax', message } }]);
  }
}

/** Where the alias stands that has no anchor; failing that, the first one: aliases can unfold without end. */
function aliasOffset(document: Document): number {
  const offsets: { unresolved?: number; first?: number } = {};
  visit(document, {
    Alias: (_, alias) => {
      offsets.first ??= alias.range?.[0] ?? 0;
      if (alias.resolve(document) === undefined) offsets.unresolved ??= alias.range?.[0] ?? 0;
    },
  });
  return offsets.unresolved ?? offsets.first ?? 0;
}

/** What the schema of one mirror cannot see: where it is, under its scheme, and whether its name is free. */
function placeProblems(
  mirror: WrittenMirror,
  index: number,
  all: readonly WrittenMirror[],
  locate: Locator,
): readonly ConfigProblem[] {
  const path = ['mirrors', index];
  const problems: ConfigProblem[] = [];
  if (all.findIndex(({ name }) => name === mirror.name) < index) {
    problems.push(locate.problem([...path, 'name'], { kind: 'rule', rule: 'duplicate-name' }));
  }
  const scheme = schemeOf(mirror);
  if (scheme === undefined) return [...problems, locate.problem([...path, 'scheme'], { kind: 'missing' })];
  const { place, option } = schemes[scheme];
  for (const key of placeKeys) {
    const given = mirror[key] !== undefined;
    if (key === place && !given) problems.push(locate.problem([...path, key], { kind: 'missing' }));
    if (key !== place && key !== option && given)
      problems.push(locate.problem([...path, key], { kind: 'rule', rule: 'not-used' }));
  }
  for (const [key, other] of clientPair) {
    if (mirror[key] === undefined && mirror[other] !== undefined)
      problems.push(locate.problem([...path, key], { kind: 'missing' }));
  }
  return problems;
}

/** A certificate is of no use without its key, nor the other way round. */
const clientPair = [
  ['clientCertFile', 'clientKeyFile'],
  ['clientKeyFile', 'clientCertFile'],
] as const;

/** A template alone says its scheme. */
function schemeOf(mirror: WrittenMirror): SchemeName | undefined {
  return mirror.scheme ?? (mirror.template === undefined ? undefined : 'template');
}

function fillMirror(written: WrittenMirror): Mirror {
  const { match, at, aliases, prefixes, names, template, credentials, pullPolicy, ...rest } = written;
  const { caFile, clientCertFile, clientKeyFile, ...plain } = rest;
  const scheme = schemeOf(written) ?? 'template';
  return {
    ...plain,
    scheme,
    match: match ?? schemes[scheme].defaultMatch,
    at: at ?? fixedPart(template ?? ''),
    credentials: fillCredentials(credentials),
    ...(template !== undefined && { template }),
    ...(aliases !== undefined && { aliases: normalHosts(aliases) }),
    ...(prefixes !== undefined && { prefixes: normalHosts(prefixes) }),
    ...(names !== undefined && { names: normalNames(names) }),
    ...(pullPolicy !== undefined && { pullPolicy }),
    ...(caFile !== undefined && { caFile }),
    ...(clientCertFile !== undefined && { clientCertFile }),
    ...(clientKeyFile !== undefined && { clientKeyFile }),
  };
}

/** The parts of a template before the first placeholder. */
function fixedPart(template: string): string {
  return template.slice(0, template.lastIndexOf('/', template.indexOf('{')));
}

function fillCredentials(written: WrittenMirror['credentials']): MirrorCredentials {
  if (typeof written === 'string') return { from: written };
  const [namespace = '', name = ''] = written.secretRef.split('/');
  return { from: 'secret', namespace, name };
}

function normalHosts(aliases: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(aliases).map(([host, alias]) => [parseReference(`${host}/x/x`).registry, alias]),
  );
}

function normalNames(names: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).map(([original, mirrored]) => [normalName(original), normalName(mirrored)]),
  );
}

function normalName(name: string): string {
  return repositoryName(parseReference(name));
}
