import { judge } from '../../../../core/knowledge/places/index.ts';
import {
  isDirect,
  objectName,
  type FilePosition,
  type ImageListing,
  type ImageReason,
  type ListingNote,
  type NotImageReason,
} from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { indented } from '../rows.ts';
import { wrap } from '../wrap.ts';

type Groups = ImageListing['groups'];

/** Every image once, in normal form, sorted. */
export function references(groups: Groups): readonly string[] {
  const all = groups.flatMap(({ usages }) => usages.flatMap(({ reference }) => reference ?? []));
  return [...new Set(all)].toSorted();
}

/** Each image as written, and where it stands. */
export function imagesScreen(
  groups: Groups,
  { brief }: { readonly brief: boolean },
  page: Page,
): readonly string[] {
  const { images: m } = page.m;
  const usages = groups.flatMap((group) => group.usages.map((usage) => ({ ...usage, group })));
  if (usages.length === 0) return [m.none];
  const lines = brief
    ? []
    : [...Map.groupBy(usages, ({ image }) => image)].flatMap(([image, places]) => [
        ...wrap(image, page.width).map(page.paint.strong),
        ...places.flatMap((usage) =>
          indented([
            [objectName(usage.object), usage.place, ...whereText(usage, usage.group, page)]
              .filter((part) => part !== '')
              .join(' · '),
          ]),
        ),
        '',
      ]);
  return [...lines, ...wrap(countsText(groups, page), page.width), ...namedOnlyLines(groups, page)];
}

function countsText(groups: Groups, { m }: Page): string {
  const places = groups.flatMap(({ usages }) => usages.map(({ place }) => place));
  const direct = places.filter(isDirect).length;
  const present = places.filter((place) => place === 'runtime').length;
  const { images, places: counted, direct: pulled, indirect, present: inRuntime } = m.images;
  return [
    images(references(groups).length),
    `${counted(direct)} ${pulled}`,
    ...(present > 0 ? [`${present} ${inRuntime}`] : [`${counted(places.length - direct)} ${indirect}`]),
  ].join(' · ');
}

function namedOnlyLines(groups: Groups, { m, width }: Page): readonly string[] {
  const named = groups
    .flatMap(({ lookAlikes }) => lookAlikes)
    .filter(({ reason }) => reason === 'not-rendered');
  const count = new Set(named.map(({ text }) => text)).size;
  return count === 0 ? [] : wrap(m.images.notRendered(count), width);
}

/** What the list leaves out or cannot know, a line or two for each kind of note. */
export function noteLines(notes: readonly ListingNote[], page: Page): readonly string[] {
  const texts = page.m.images.notes;
  return [...Map.groupBy(notes, ({ kind }) => kind)].flatMap(([kind, some]) =>
    wrap(texts[kind](page.m.words.list(some.map((note) => subject(note, page)))), page.width),
  );
}

function subject(note: ListingNote, { m }: Page): string {
  switch (note.kind) {
    case 'chart':
    case 'kustomization':
    case 'installer':
    case 'ks-core':
      return note.path;
    case 'skipped':
      return `${note.path} (${m.images.skipped[note.reason]})`;
    case 'not-read':
      return note.resource;
    case 'node-images-cut':
      return String(note.count);
  }
}

/** Why a text is an image or not, at each place where it stands. */
export function explainedText(groups: Groups, text: string, page: Page): readonly string[] {
  const { images: m } = page.m;
  const verdicts = groups.flatMap((group) => [
    ...group.usages.filter((it) => it.image === text).map((it) => ({ ...it, group, image: true })),
    ...group.lookAlikes.filter((it) => it.text.includes(text)).map((it) => ({ ...it, group, image: false })),
  ]);
  const sentence = (image: boolean, reason: ImageReason | NotImageReason = 'pod-field'): readonly string[] =>
    wrap(page.m.words.labelled(image ? m.isImage(text) : m.isNone(text), m.why[reason]), page.width);
  if (verdicts.length === 0) {
    const { image, reason } = judge(text, false);
    return [...sentence(image, reason), ...indented([m.notHere])];
  }
  return verdicts.flatMap(({ image, reason, object, position, group }) => [
    ...sentence(image, reason),
    ...indented([[objectName(object), ...whereText({ position }, group, page)].join(' · ')]),
  ]);
}

/** Position, else template; nothing for an object of a cluster. */
function whereText(
  { position }: { readonly position?: FilePosition | undefined },
  { file, template }: Groups[number],
  { m }: Page,
): readonly string[] {
  if (position !== undefined) return [`${position.file}:${position.line}:${position.column}`];
  if (template !== undefined) return [template];
  return file === undefined ? [] : [file, m.images.unfit];
}
