import { readRenderedYaml } from '../../core/edit/index.ts';
import { decodeText, isIdleDefinition } from '../../core/knowledge/places/index.ts';
import { asObject, asText, digText, isObject, objectRef } from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject, ObjectRef } from '../../core/model/index.ts';
import { pointerToken } from '../../core/base/index.ts';

/** One object of a render. */
export type RenderedObject = {
  /** The same in every render of the chart, also where names are random: template, kind and number. */
  readonly key: string;
  /** `CHART/templates/FILE`, as helm writes it behind `# Source:`. */
  readonly template: string;
  readonly ref: ObjectRef;
  readonly value: JsonObject;
  /** Every string by its JSON pointer; what a Secret encodes is decoded. */
  readonly strings: ReadonlyMap<string, string>;
};

export type Render = ReadonlyMap<string, RenderedObject>;

type Parsed = Omit<RenderedObject, 'key' | 'template'> & { readonly kind: string };

/** Reads renders of one chart; what did not change from one to the next is read once. */
export function createRenderReader(): (text: string) => Render {
  const known = new Map<string, readonly Parsed[]>();
  return (text) => {
    const objects = new Map<string, RenderedObject>();
    const counts = new Map<string, number>();
    let template = '';
    for (const document of text.split(/^---(?=\s)/m)) {
      template = /^# Source: (.+?)\s*$/m.exec(document)?.[1] ?? template;
      const parsed = known.get(document) ?? parse(document, template);
      known.set(document, parsed);
      for (const { kind, ...object } of parsed) {
        const group = `${template} ${kind}`;
        const count = counts.get(group) ?? 0;
        counts.set(group, count + 1);
        const key = `${group} ${count}`;
        objects.set(key, { ...object, key, template });
      }
    }
    return objects;
  };
}

function parse(document: string, template: string): readonly Parsed[] {
  if (isIdleDefinition(document)) return [];
  return readRenderedYaml(document, template).flatMap((value) => {
    if (!isObject(value)) return [];
    const ref = objectRef(value);
    return [{ kind: ref.kind, ref, value, strings: new Map(stringsOf(value)) }];
  });
}

function* stringsOf(object: JsonObject): Generator<readonly [string, string]> {
  if (digText(object, 'kind') !== 'Secret') return yield* strings(object, '');
  const { data, ...rest } = object;
  yield* strings(rest, '');
  for (const [key, text] of Object.entries(asObject(data))) {
    const decoded = decodeText(asText(text) ?? '');
    if (decoded !== undefined) yield [`/data/${pointerToken(key)}`, decoded];
  }
}

function* strings(value: Json, path: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (Array.isArray(value)) {
    for (const [index, entry] of value.entries()) yield* strings(entry, `${path}/${index}`);
  } else if (isObject(value)) {
    for (const [key, entry] of Object.entries(value)) {
      if (entry !== undefined) yield* strings(entry, `${path}/${pointerToken(key)}`);
    }
  }
}
