import type { KnownOperator } from '../../../flows/index.ts';
import { fieldPath } from './documents/field-path.ts';
import type { Page } from './page.ts';
import { row } from './rows.ts';
import { table } from './table.ts';

type Image = KnownOperator['operator']['images'][number];

/** One line each: name, kinds that it carries out, images, versions, whose. */
export function knowledgeTable(known: readonly KnownOperator[], page: Page): readonly string[] {
  const { knowledge, words } = page.m;
  const rows = known.map(({ operator: { name, owns, images, versions }, file }) => [
    name,
    knowledge.images(images.length),
    versions,
    [...(file === undefined ? [] : [file]), words.list(owns.flatMap(({ kinds }) => kinds))].join(' · '),
  ]);
  return table(rows, { indent: 0, width: page.width });
}

/** Where each image is decided, what wins first. */
export function operatorScreen({ operator, file }: KnownOperator, page: Page): readonly string[] {
  const { knowledge } = page.m;
  const { title, versions, images, reverts, sources } = operator;
  const { labels } = knowledge;
  return [
    page.paint.strong(`${title} ${versions}`),
    ...(file === undefined ? [] : row(labels.file, file, page)),
    ...row(labels.edits, knowledge.reverts[reverts], page),
    ...images.flatMap((image, index) => row(index === 0 ? labels.images : '', imageText(image, page), page)),
    ...sources.flatMap((source, index) => row(index === 0 ? labels.sources : '', source, page)),
  ];
}

function imageText({ of, container, at }: Image, { m: { knowledge } }: Page): string {
  const where =
    'field' in at
      ? `${at.kind} ${fieldPath(at.field)}`
      : 'configMap' in at
        ? `ConfigMap ${at.configMap} ${at.key}${at.path === undefined ? '' : ` ${fieldPath(at.path)}`}`
        : 'flag' in at
          ? at.flag
          : knowledge.variable(at.env);
  const part = at.part === undefined ? '' : ` (${knowledge.part(at.part)})`;
  return `${container === undefined ? '' : `${container}: `}${of} ← ${where}${part}`;
}
