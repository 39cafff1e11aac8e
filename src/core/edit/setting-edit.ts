import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { FilePosition } from '../model/index.ts';
import { documentsIn } from './document-text.ts';
import { FullDocument } from './full-yaml.ts';
import { LineIndex } from './line-index.ts';
import { spliceText } from './splice.ts';

type SettingEdit = FilePosition & { readonly before: string; readonly after: string };

/**
 * The edit that sets the text at a path of keys in one document: its value replaced (an empty one too), or the key put
 * in front of the others of its map, with a map of its own where that is missing. Comments and all other bytes stay.
 * Undefined when the document cannot hold it, or holds it already.
 *
 * @param document which document of the text, from 0
 */
export function settingEdit(
  { text, path: file }: { readonly text: string; readonly path: string },
  document: number,
  path: readonly [string, ...string[]],
  value: string,
): SettingEdit | undefined {
  let seen = 0;
  for (const { start, end } of documentsIn(text)) {
    const source = text.slice(start, end);
    for (const read of FullDocument.read(source)) {
      if (seen++ !== document) continue;
      const found = editIn(source, read, path, value);
      if (found === undefined) return undefined;
      const offset = start + found.offset;
      const { before, after } = found;
      return { file, ...new LineIndex(text).at(offset), offset, length: before.length, before, after };
    }
  }
  return undefined;
}

/**
 * One edit that sets several texts of a document, each as `settingEdit` does. Undefined where one of them cannot be
 * set, or there is none.
 */
export function settingsEdit(
  { text, path: file }: { readonly text: string; readonly path: string },
  document: number,
  settings: readonly { readonly path: readonly [string, ...string[]]; readonly value: string }[],
): SettingEdit | undefined {
  let edited = text;
  for (const { path, value } of settings) {
    const edit = settingEdit({ text: edited, path: file }, document, path, value);
    if (edit === undefined) return undefined;
    edited = spliceText(edited, [edit]);
  }
  if (edited === text) return undefined;
  const shorter = Math.min(text.length, edited.length);
  let offset = 0;
  while (offset < shorter && text[offset] === edited[offset]) offset += 1;
  let tail = 0;
  while (tail < shorter - offset && text.at(-1 - tail) === edited.at(-1 - tail)) tail += 1;
  const before = text.slice(offset, text.length - tail);
  const after = edited.slice(offset, edited.length - tail);
  return { file, ...new LineIndex(text).at(offset), offset, length: before.length, before, after };
}

type Found = { readonly offset: number; readonly before: string; readonly after: string };

function editIn(
  source: string,
  document: FullDocument,
  path: readonly [string, ...string[]],
  value: string,
): Found | undefined {
  const quoted = JSON.stringify(value);
  // The innermost map that is there takes the rest of the path.
  for (let depth = path.length - 1; depth >= 0; depth -= 1) {
    const map = document.mapAt(path.slice(0, depth));
    const key = path[depth];
    if (map === undefined || key === undefined || (map.items.length === 0 && depth > 0)) continue;
    const pair = map.items.findLast((it) => isScalar(it.key) && it.key.value === key);
    const rest = path.slice(depth + 1);
    const nested = rest.reduceRight((inner, name) => `{${name}: ${inner}}`, quoted);
    if (pair === undefined) return insertion(source, map, `${key}: ${nested}`);
    const { value: node } = pair;
    // An alias or a list is not ours to replace; an empty map may be.
    if (isMap(node) && (node.items.length > 0 || rest.length === 0)) return undefined;
    if (!isMap(node) && !isScalar(node)) return undefined;
    if (isScalar(node) && (node.value === value || (rest.length > 0 && node.value !== null)))
      return undefined;
    const [from, to] = node.range ?? [-1, -1];
    if (from < 0) return undefined;
    const before = source.slice(from, to);
    const gap = before === '' && !/\s/.test(source[from - 1] ?? '') ? ' ' : '';
    const tail = before === '' && source[to] === '#' ? ' ' : '';
    return { offset: from, before, after: gap + nested + tail };
  }
  return undefined;
}

function insertion(source: string, map: YAMLMap, field: string): Found | undefined {
  const first = map.items[0]?.key;
  const offset = isScalar(first) ? (first.range?.[0] ?? -1) : -1;
  if (offset < 0) return undefined;
  if (map.flow === true) return { offset, before: '', after: `${field}, ` };
  const lineBreak = source.slice(0, source.indexOf('\n') + 1).endsWith('\r\n') ? '\r\n' : '\n';
  const lead = source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset);
  const indent = ' '.repeat(lead.replace('\uFEFF', '').length);
  return { offset, before: '', after: `${field}${lineBreak}${indent}` };
}
