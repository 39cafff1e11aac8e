import type { JsonObject } from '../../model/index.ts';
import { asText } from '../pods/index.ts';
import { behindName, fieldOf, joined, type Composed, type Field } from './parts.ts';

const pairEnding = /(?:image)?(?:repository|repo)$|image(?:name)?$/;
/** A repository of something else that has versions. */
const otherStems = /(?:chart|code|git|github|gitlab|helm|module|os|package|release|source|src)$/;

/**
 * Images of which name and tag stand side by side: `proxyImage` and `proxyTag`, `controllerImageVersion`, `baseImage`.
 *
 * @param flat the map is all there is, so that `image.repository` and `image.tag` are its words for one image
 */
export function pairedImages(object: JsonObject, { flat = false } = {}): readonly Composed[] {
  const keys = new Map(Object.keys(object).map((key) => [key.toLowerCase().replaceAll(/[._-]/g, ''), key]));
  return [...keys].flatMap(([plain, key]) => {
    const stem = plain.replace(pairEnding, '');
    const text = asText(object[key]);
    const isOnly = flat && /^image(?:repository|repo)$/.test(plain);
    if ((stem === '' && !isOnly) || stem === plain || otherStems.test(stem)) return [];
    if (text === undefined || /:[^/]*$|@/.test(text)) return [];
    const partner = (...endings: readonly string[]): Field | undefined => {
      const stems = [plain, stem, `${stem}image`, ...(stem === 'base' ? [''] : [])];
      const found = stems.flatMap((it) => endings.flatMap((ending) => keys.get(it + ending) ?? []));
      return fieldOf(object, found);
    };
    // Of words alone, a repository with a version may be one of code.
    const isVersioned = text.includes('/') && (!flat || plain.includes('image'));
    const tag = partner('tag') ?? (isVersioned ? partner('version') : undefined);
    if (tag === undefined) return [];
    const registry = /^[^/]*[.:]/.test(text) ? undefined : partner('registry');
    // Where a bare word comes from is said by another variable, or by the program.
    if (flat && registry === undefined && !text.includes('/')) return [];
    const fields = [...(registry === undefined ? [] : [registry]), { key, text }];
    const name = registry === undefined ? text : joined(registry.text, text);
    const ending = behindName(tag.text);
    return [{ image: `${name}${ending}`, fields, ending, endingKey: tag.key }];
  });
}
