import { attributeWords, imageWords, injectorAnnotations, injectorWords, proseKeys } from './rules.data.ts';

/** `proxyImage`, `PROXY_IMAGE`, `--proxy-image` → `proxy`, `image`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Most names need not be taken apart: every field of every object is asked for. */
const mention = /ima?g/i;

/** Does the name of a field, variable or flag say that an image stands there. */
export function namesImage(name: string): boolean {
  if (!mention.test(name)) return false;
  const words = wordsOf(name);
  return words.some((word) => imageWords.has(word)) && !attributeWords.has(words.at(-1) ?? '');
}

/** Does the field hold words for people. */
export function holdsProse(name: string): boolean {
  return proseKeys.has(name.toLowerCase());
}

/**
 * Does an admission webhook take the image of a container that it adds from the annotation: a known one, or one whose
 * name says so (`example.com/sidecar-image`).
 */
export function isForInjector(annotation: string): boolean {
  if (injectorAnnotations.has(annotation)) return true;
  const name = annotation.split('/').at(-1) ?? '';
  return (
    annotation.includes('/') && namesImage(name) && wordsOf(name).some((word) => injectorWords.has(word))
  );
}

/** Does a flag say that an argument is an image, or a list of them: `--web-image` before it, or `--web-image=` in it. */
export function isLedByFlag(before: string, argument: string): boolean {
  if (/^-[^=\s]+$/.test(before) && namesImage(before)) return true;
  const flag = /^(-[^=\s]+)=/.exec(argument)?.[1];
  return flag !== undefined && namesImage(flag);
}

/** Does the field hold a password or the like, which may look like anything. */
export function isCredential(name: string): boolean {
  return /(?:password|passphrase|token)$/i.test(name);
}
