import { judge } from '../../../../core/knowledge/places/index.ts';
import {
  isDirect,
  objectName,
  type FilePosition,
  type ImageListing,
  type ImageReason,
  type ListingNote,
  type NotImageReason,
  type OpenName,
  type Place,
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
            [
              ...(usage.place === 'copyList' || usage.place === 'buildFile'
                ? []
                : [objectName(usage.object)]),
              usage.place === 'copyList' ? m.listed : usage.place,
              ...whereText(usage, usage.group, page),
              ...openText(usage, page),
            ]
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

/** How many of a kind are named before the rest is counted. */
const namedAtMost = 3;

/** What the list leaves out or cannot know, a line or two for each kind of note. */
export function noteLines(notes: readonly ListingNote[], page: Page): readonly string[] {
  const { notes: texts, leftOut } = page.m.images;
  return [...Map.groupBy(notes, ({ kind }) => kind)].flatMap(([kind, some]) => {
    if (kind !== 'left-out') return wrap(texts[kind](namesOf(some, page)), page.width);
    const reasons = [...Map.groupBy(some, (note) => (note.kind === 'left-out' ? note.reason : 'broken'))];
    return reasons.flatMap(([reason, here]) =>
      wrap(texts[kind](`${leftOut[reason](here.length)}: ${namesOf(here, page)}`), page.width),
    );
  });
}

/** The first of them, and how many more there are. */
export function namesOf(notes: readonly ListingNote[], page: Page): string {
  const { m } = page;
  const names = [...new Set(notes.map((note) => subject(note, page)))];
  const more = names.length - namedAtMost;
  return m.words.list(more > 1 ? [...names.slice(0, namedAtMost), m.images.more(more)] : names);
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
    case 'copy-list':
      return `${note.path} (${note.program})`;
    case 'left-out':
      return note.detail ?? note.path;
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

/** What is not known of the name here. */
function openText({ open }: { readonly open?: OpenName }, { m }: Page): readonly string[] {
  if (open === undefined) return [];
  return [open.tail.startsWith('/') ? m.images.open.registry : m.images.open.tag];
}

/** Position, else template; nothing for an object of a cluster. */
function whereText(
  { position, place }: { readonly position?: FilePosition | undefined; readonly place?: Place },
  { file, template }: Groups[number],
  { m }: Page,
): readonly string[] {
  if (position !== undefined) return [`${position.file}:${position.line}:${position.column}`];
  if (template !== undefined) return [template];
  if (place === 'copyList' && file !== undefined) return [file];
  return file === undefined ? [] : [file, m.images.unfit];
}
