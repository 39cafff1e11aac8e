import { PullmendError } from '../base/index.ts';
import type { FilePosition, Json } from '../model/index.ts';
import { documentsIn, type DocumentText } from './document-text.ts';
import { FullDocument, nestedTooDeep } from './full-yaml.ts';
import { LineIndex } from './line-index.ts';
import { nodeAtTokens, readPlain, repeatedKey, valueOfNode, type PlainNode } from './plain/index.ts';
import { pointerTokens } from './pointer.ts';
import { scalarRange, type TextPart } from './scalar-range.ts';

/** One document of a YAML (or JSON) text. */
export type YamlDocument = {
  readonly value: Json;
  /**
   * Where the string at a JSON pointer, or a part of it, stands in the text. A value that comes from an anchor stands
   * where the anchor is. Undefined when nothing is there, or it is written in a way that cannot be edited byte for
   * byte.
   */
  locate(pointer: string, part?: TextPart): FilePosition | undefined;
  /** A key that stands twice in one map, and the position of the second; YAML forbids it, older kubectl does not. */
  repeatedKey(): { readonly key: string; readonly line: number; readonly column: number } | undefined;
};

/** Reads every document of a text. Errors: PM_FILE_BROKEN with line and column. */
export function readYaml(text: string, file: string): readonly YamlDocument[] {
  const lines = new LineIndex(text);
  return documentsIn(text).flatMap((part) => {
    const plain = part.bodyStart === undefined ? undefined : readPlain(text, part.bodyStart, part.end);
    if (plain === null) return [];
    return plain === undefined
      ? fullDocuments(text, part, file, lines)
      : [plainDocument(text, plain, file, lines)];
  });
}

function plainDocument(text: string, node: PlainNode, file: string, lines: LineIndex): YamlDocument {
  return {
    value: valueOfNode(node),
    locate: (pointer, part) => {
      const found = nodeAtTokens(node, pointerTokens(pointer));
      const range = found?.kind === 'scalar' ? scalarRange(text, found, part) : undefined;
      return range === undefined ? undefined : { file, ...lines.at(range.offset), ...range };
    },
    repeatedKey: () => {
      const found = repeatedKey(node);
      return found && { key: found.key, ...lines.at(found.start) };
    },
  };
}

function fullDocuments(
  text: string,
  { start, end }: DocumentText,
  file: string,
  lines: LineIndex,
): readonly YamlDocument[] {
  const source = text.slice(start, end);
  const broken = (offset: number, reason: string): PullmendError => {
    const at = { file, ...lines.at(start + offset) };
    return new PullmendError(
      'PM_FILE_BROKEN',
      { ...at, reason },
      { where: `${file}:${at.line}:${at.column}` },
    );
  };
  return readFull(source, broken).map((document) => {
    const { fault } = document;
    if (fault !== undefined) throw broken(fault.offset, fault.reason);
    return {
      value: document.value,
      locate: (pointer, part) => {
        const node = document.scalarAt(pointerTokens(pointer));
        const range = node && scalarRange(source, node, part);
        if (range === undefined) return undefined;
        const offset = start + range.offset;
        return { file, ...lines.at(offset), ...range, offset };
      },
      repeatedKey: () => {
        const found = document.repeatedKey();
        return found && { key: found.key, ...lines.at(start + found.start) };
      },
    };
  });
}

function readFull(
  source: string,
  broken: (offset: number, reason: string) => PullmendError,
): readonly FullDocument[] {
  try {
    return FullDocument.read(source);
  } catch (error) {
    if (error instanceof RangeError) throw broken(0, nestedTooDeep);
    throw error;
  }
}
