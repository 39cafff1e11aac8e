import type { Json } from '../model/index.ts';
import type { TextPart } from './scalar-range.ts';
import { readYaml } from './yaml.ts';

/** A document that stands as text in a field of another one. */
export type EmbeddedDocument = {
  readonly value: Json;
  /** Where a part of the string at a JSON pointer stands in the text of the field. */
  locate(pointer: string, part: TextPart): TextPart | undefined;
};

/** The documents of a text that is YAML or JSON; none for any other text. */
export function readEmbedded(text: string): readonly EmbeddedDocument[] {
  try {
    return readYaml(text, '').map((document) => ({
      value: document.value,
      locate: (pointer, part) => {
        const position = document.locate(pointer, part);
        return position && { start: position.offset, end: position.offset + position.length };
      },
    }));
  } catch {
    return [];
  }
}
