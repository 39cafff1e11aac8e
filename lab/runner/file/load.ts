import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMap, isNode, isPair, LineCounter, parseAllDocuments, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { scenarioSchema, type Scenario } from './schema/index.ts';
import { unknownVariables } from './unknown.ts';

/** A scenario file that cannot be used: one line a mistake, each with its place. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';
}

/** All `*.yaml` and `*.yml` files directly in a folder, by name. Throws ScenarioFileError. */
export function loadFolder(folder: string): Scenario[] {
  const files = globSync('*.{yaml,yml}', { cwd: folder }).toSorted();
  if (files.length === 0) throw new ScenarioFileError(`${folder}: no scenario here (*.yaml)`);
  const mistakes: string[] = [];
  const scenarios = files.flatMap((file) => {
    try {
      return loadFile(join(folder, file));
    } catch (error) {
      mistakes.push((error as Error).message);
      return [];
    }
  });
  const names = scenarios.map(({ name }) => name);
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index)))
    mistakes.push(`${folder}: two scenarios are called ${name}`);
  if (mistakes.length > 0) throw new ScenarioFileError(mistakes.join('\n'));
  return scenarios;
}

function loadFile(file: string): Scenario[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ScenarioFileError(`${file}: ${(error as Error).message}`);
  }
  const scenario = parseScenario(text, file);
  if (basename(file).replace(/\.ya?ml$/, '') !== scenario.name)
    throw new ScenarioFileError(`${file}: name: must be the file's name, not ${scenario.name}`);
  return spread(scenario);
}

/** One scenario for each value of its variable. */
function spread(scenario: Scenario): Scenario[] {
  if (scenario.each === undefined) return [scenario];
  return Object.entries(scenario.each).flatMap(([variable, values]) =>
    values.map(String).map((value) => ({
      ...scenario,
      name: `${scenario.name}-${value
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replace(/^-/, '')}`,
      values: { [variable]: value },
    })),
  );
}

/** Reads one scenario; `file` is for messages. Throws ScenarioFileError with `file:line:column`. */
export function parseScenario(text: string, file: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new ScenarioFileError(
      document.errors.map((error) => `${place(error.pos[0])}: ${error.message.split('\n')[0]}`).join('\n'),
    );
  }
  const result = scenarioSchema.safeParse(asPlain(document, file));
  if (result.success) {
    const mistakes = [
      ...manifestsMistakes(result.data),
      ...unknownVariables(result.data).map((one) => ({
        path: one.path,
        text: `\${${one.name}} is not known here`,
      })),
    ];
    if (mistakes.length === 0) return result.data;
    throw new ScenarioFileError(
      mistakes
        .map((one) => `${place(offsetOf(document, undefined, one.path))}: ${name(one.path)}${one.text}`)
        .join('\n'),
    );
  }
  const issues = result.error.issues.flatMap((issue) => nearest(issue, []));
  throw new ScenarioFileError(
    issues
      .map(({ issue, path }) => `${place(offsetOf(document, issue, path))}: ${name(path)}${issue.message}`)
      .join('\n'),
  );
}

/** An alias that leads nowhere, or to too much, shows only here. */
function asPlain(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new ScenarioFileError(`${file}: ${(error as Error).message}`);
  }
}

type Mistake = { readonly path: readonly PropertyKey[]; readonly text: string };

/** What is wrong with manifests that are text. */
function manifestsMistakes({ given: { manifests } }: Scenario): readonly Mistake[] {
  if (typeof manifests !== 'string') return [];
  const errors = [...parseAllDocuments(manifests)].flatMap((document) => document.errors);
  return errors.map(({ message }) => ({
    path: ['given', 'manifests'],
    text: message.split('\n')[0] ?? '',
  }));
}

type Issue = z.core.$ZodIssue;
type Placed = { readonly issue: Issue; readonly path: readonly PropertyKey[] };

/** Of the members of a union the one that the author meant: that which has the fewest, deepest complaints. */
function nearest(issue: Issue, base: readonly PropertyKey[]): Placed[] {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ issue, path }];
  const members = issue.errors.map((issues) => issues.flatMap((inner) => nearest(inner, path)));
  return members.toSorted((a, b) => weight(a) - weight(b))[0] ?? [];
}

function weight(member: readonly Placed[]): number {
  const missing = member.filter(({ issue }) => issue.message.endsWith('received undefined')).length;
  const depth = Math.max(0, ...member.map(({ path }) => path.length));
  return missing * 100 + member.length * 10 - depth;
}

/** An unknown key is where it stands; a missing one where its parent stands. */
function offsetOf(document: Document, issue: Issue | undefined, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node)) continue;
    if (issue?.code === 'unrecognized_keys' && isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === issue.keys[0]);
      if (pair !== undefined && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
    }
    return node.range?.[0] ?? 0;
  }
  return 0;
}

function name(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}
