import { judge } from '../../../core/knowledge/places/index.ts';
import {
  isDirect,
  objectName,
  type FilePosition,
  type ImageReason,
  type ImagesOfFile,
  type NotImageReason,
} from '../../../core/model/index.ts';
import type { Page } from './page.ts';
import { indented } from './rows.ts';
import { wrap } from './wrap.ts';

type Found = Pick<ImagesOfFile, 'usages' | 'lookAlikes'>;

/** Every image once, in normal form, sorted. */
export function references(files: readonly Found[]): readonly string[] {
  const all = files.flatMap(({ usages }) => usages.flatMap(({ reference }) => reference ?? []));
  return [...new Set(all)].toSorted();
}

/** Each image as written, and where it stands. */
export function imagesScreen(
  files: readonly Found[],
  { brief }: { readonly brief: boolean },
  page: Page,
): readonly string[] {
  const { images: m } = page.m;
  const usages = files.flatMap((file) => file.usages);
  if (usages.length === 0) return [m.none];
  const lines = brief
    ? []
    : [...Map.groupBy(usages, ({ image }) => image)].flatMap(([image, places]) => [
        ...wrap(image, page.width).map(page.paint.strong),
        ...places.flatMap(({ object, place, position }) =>
          indented([`${objectName(object)} · ${place} · ${whereText(position) ?? m.unfit}`]),
        ),
        '',
      ]);
  const direct = usages.filter(({ place }) => isDirect(place)).length;
  const counts = [
    m.images(references(files).length),
    `${m.places(direct)} ${m.direct}`,
    `${m.places(usages.length - direct)} ${m.indirect}`,
  ];
  return [...lines, ...wrap(counts.join(' · '), page.width)];
}

/** Why a text is an image or not, at each place where it stands. */
export function explainedText(files: readonly Found[], text: string, page: Page): readonly string[] {
  const { images: m } = page.m;
  const verdicts = files.flatMap(({ usages, lookAlikes }) => [
    ...usages.filter((it) => it.image === text).map((it) => ({ ...it, image: true })),
    ...lookAlikes.filter((it) => it.text.includes(text)).map((it) => ({ ...it, image: false })),
  ]);
  const sentence = (image: boolean, reason: ImageReason | NotImageReason = 'pod-field'): readonly string[] =>
    wrap(`${image ? m.isImage(text) : m.isNone(text)}: ${m.why[reason]}`, page.width);
  if (verdicts.length === 0) {
    const { image, reason } = judge(text, false);
    return [...sentence(image, reason), ...indented([m.notHere])];
  }
  return verdicts.flatMap(({ image, reason, object, position }) => [
    ...sentence(image, reason),
    ...indented([[objectName(object), whereText(position) ?? m.unfit].join(' · ')]),
  ]);
}

function whereText(position: FilePosition | undefined): string | undefined {
  return position && `${position.file}:${position.line}:${position.column}`;
}
