import { attributeWords, imageWords, proseKeys } from './rules.data.ts';

/** `proxyImage`, `PROXY_IMAGE`, `--proxy-image` → `proxy`, `image`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Does the name of a field, variable or flag say that an image stands there. */
export function namesImage(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word) => imageWords.has(word)) && !attributeWords.has(words.at(-1) ?? '');
}

/** Does the field hold words for people. */
export function holdsProse(name: string): boolean {
  return proseKeys.has(name.toLowerCase());
}
