import { replaceName, standsIn } from './replace-name.ts';

/** An image in a longer text, as it is written there. */
export type Written = {
  readonly image: string;
  /** What stands before the name and tells that it is one: `image: `. */
  readonly lead: string;
  /** The name; actions of a template may stand for parts of it, or its tag is written apart. */
  readonly text: string;
};

const action = /\{\{.*?\}\}/s;
/** Words of a text; the actions of a template are parts of words, whatever they hold. */
const words = /(?:\{\{.*?\}\}|[^\s"'`,;=()[\]{}|<>])+/gs;
/** What follows the repository of an image. */
const ending = /(?::[^/@]*)?(?:@.*)?$/;

/** The images that a text names, each as it is written there. */
export function writtenIn(value: string, images: readonly string[]): readonly Written[] {
  return images.flatMap((image) => {
    if (image === '' || image === value) return [];
    if (!/[/:]/.test(image)) return bareIn(value, image);
    if (standsIn(value, image)) return [{ image, lead: '', text: image }];
    const word = value.includes('{{') ? wordFor(value, image) : undefined;
    if (word !== undefined) return [{ image, lead: '', text: word }];
    const name = image.replace(ending, '');
    // The tag of a name in a longer text is written elsewhere: by an action, or in a field beside it.
    const isApart = name.includes('/') && name !== value && standsIn(value, name);
    return isApart && /\{\{|[\s"]/.test(value) ? [{ image, lead: '', text: name }] : [];
  });
}

/** A bare word is an image only where it is called one. */
function bareIn(value: string, image: string): readonly Written[] {
  const named = new RegExp(
    `(?<![\\w-])([\\w-]*[iI]mage["']?: *["']?)${escaped(image)}["']?[ \\t]*(?:$|[,}])`,
    'gm',
  );
  const leads = new Set([...value.matchAll(named)].map(([, lead = '']) => lead));
  return [...leads].map((lead) => ({ image, lead, text: image }));
}

/** `docker.io/acme/x:{{ .Chart.AppVersion }}`: a word that begins like the image, and becomes it. */
function wordFor(value: string, image: string): string | undefined {
  return wordsFor(value, image).find((word) => word.slice(0, word.indexOf('{{')).includes('/'));
}

/** Words of a text that may become the image when the actions of a template in them are carried out. */
export function wordsFor(text: string, image: string): readonly string[] {
  const fits = (word: string): boolean => {
    const pieces = word.split(new RegExp(action, 'gs'));
    // What is written must tell it from other images: a part of its path, at least.
    if (pieces.length < 2 || !pieces.some((piece) => /\w\/|\/\w/.test(piece))) return false;
    return new RegExp(`^${pieces.map(escaped).join('.*')}$`, 's').test(image);
  };
  return [...new Set(text.match(words))].filter(fits);
}

/** What must be written there so that the image becomes the target; undefined where no text does. */
function rewritten({ image, text }: Written, target: string): string | undefined {
  if (text === image) return target;
  if (text.includes('{{')) return rewrittenWord(text, image, target);
  const [own, other] = [image.slice(text.length), ending.exec(target)?.[0] ?? ''];
  return own === other ? target.slice(0, target.length - own.length) : undefined;
}

/** A template keeps what it makes up behind its first words: `quay.io/acme/app:{{ .Chart.AppVersion }}`. */
export function rewrittenWord(word: string, image: string, target: string): string | undefined {
  const head = word.slice(0, word.indexOf('{{'));
  const made = image.slice(head.length);
  if (head === '' || made === '' || !image.startsWith(head) || !target.endsWith(made)) return undefined;
  return target.slice(0, -made.length) + word.slice(head.length);
}

/** The text with images given other names, the longest first. */
export function rewriteText(
  value: string,
  written: readonly Written[],
  targetOf: (image: string) => string | undefined,
): string {
  return written
    .toSorted((a, b) => b.text.length - a.text.length)
    .reduce((done, it) => {
      const target = targetOf(it.image);
      const by = target === undefined ? undefined : rewritten(it, target);
      return by === undefined ? done : replaceName(done, it.lead + it.text, it.lead + by);
    }, value);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
