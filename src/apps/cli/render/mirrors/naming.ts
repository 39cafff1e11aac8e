import { formatReference, type Reference } from '../../../../core/image/index.ts';
import { collisions, namingOf, originalOf, type Naming } from '../../../../core/knowledge/mirrors/index.ts';
import { apiVersion, type Mirror, type OriginalName } from '../../../../core/model/index.ts';
import type { Document } from '../../../../flows/index.ts';
import { originalText } from '../original.ts';
import type { Page } from '../page.ts';
import { table } from '../table.ts';
import { wrap } from '../wrap.ts';

type NamesOfImage = {
  readonly image: string;
  /** Where the name stands on a mirror: the image that it stands for. */
  readonly original?: OriginalName;
  readonly on: readonly ({ readonly mirror: string } & Naming)[];
};

export type NamesOn = {
  readonly images: readonly NamesOfImage[];
  readonly collisions: readonly {
    readonly mirror: string;
    readonly mirrored: string;
    readonly originals: readonly string[];
  }[];
};

/** The name of each image on each mirror, and which mirrors cannot tell some of them apart. */
export function namesOn(mirrors: readonly Mirror[], images: readonly Reference[]): NamesOn {
  return {
    images: images.map((image) => {
      const known = originalOf(image, mirrors);
      return {
        image: formatReference(image),
        ...(known === undefined
          ? {}
          : { original: { image: formatReference(known.original), certainty: known.certainty } }),
        on: mirrors.map((mirror) => ({ mirror: mirror.name, ...namingOf(mirror, image, known) })),
      };
    }),
    collisions: mirrors.flatMap((mirror) =>
      collisions(mirror, images).map((collision) => ({ mirror: mirror.name, ...collision })),
    ),
  };
}

export function namingScreen({ images, collisions: clashes }: NamesOn, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const tables = images.flatMap(({ image, original, on }, index) => [
    ...(index > 0 ? [''] : []),
    paint.strong(image),
    ...(original === undefined
      ? []
      : wrap(originalText(original, page), width - 2).map((line) => `  ${line}`)),
    ...table(
      on.map((naming) => [naming.mirror, said(naming, page)]),
      { indent: 2, width, widest: 60 },
    ),
  ]);
  const warnings = clashes.flatMap(({ mirror, mirrored, originals }) =>
    wrap(m.registry.naming.collision(mirror, mirrored, m.words.list(originals)), width - 2).map(
      (line, index) => `${index === 0 ? paint.doubtful('!') : ' '} ${line}`,
    ),
  );
  return warnings.length === 0 ? tables : [...tables, '', ...warnings];
}

function said(naming: Naming, { m, paint }: Page): string {
  switch (naming.result) {
    case 'named':
      return naming.name;
    case 'own':
      return naming.original === undefined
        ? m.registry.naming.own
        : m.words.sentences([
            m.registry.naming.own,
            m.words.labelled(m.registry.naming.original, naming.original),
          ]);
    case 'no-match':
      return paint.quiet(m.registry.naming.noMatch);
    case 'no-name':
      return paint.quiet(m.registry.naming.noName);
  }
}

/** `mirrors explain -o json`. */
export function namingDocument({ images, collisions: clashes }: NamesOn): Document {
  return { apiVersion, kind: 'NameList', items: images, collisions: clashes };
}
