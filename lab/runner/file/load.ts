import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { scenarioSchema, type Scenario } from './schema.ts';

/** A scenario file that cannot be used: one line a mistake, each with its place. */
export class ScenarioFileError extends Error {
  override readonly name = 'ScenarioFileError';
}

/** All `*.yaml` and `*.yml` files directly in a folder, by name. Throws ScenarioFileError. */
export function loadFolder(folder: string): Scenario[] {
  const files = globSync('*.{yaml,yml}', { cwd: folder }).toSorted();
  if (files.length === 0) throw new ScenarioFileError(`${folder}: no scenario here (*.yaml)`);
  const scenarios = files.map((file) => loadFile(join(folder, file)));
  for (const [index, { name }] of scenarios.entries()) {
    if (scenarios.findIndex((other) => other.name === name) !== index)
      throw new ScenarioFileError(
        `${join(folder, files[index] ?? '')}: the name ${name} is taken by another file`,
      );
  }
  return scenarios;
}

function loadFile(file: string): Scenario {
  const scenario = parseScenario(readFileSync(file, 'utf8'), file);
  if (basename(file).replace(/\.ya?ml$/, '') !== scenario.name)
    throw new ScenarioFileError(`${file}: name: must be the file's name, not ${scenario.name}`);
  return scenario;
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
  const result = scenarioSchema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issues = result.error.issues.flatMap((issue) => nearest(issue, []));
  throw new ScenarioFileError(
    issues
      .map(({ issue, path }) => `${place(offsetOf(document, issue, path))}: ${name(path)}${issue.message}`)
      .join('\n'),
  );
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
function offsetOf(document: Document, issue: Issue, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node)) continue;
    if (issue.code === 'unrecognized_keys' && isMap(node)) {
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
