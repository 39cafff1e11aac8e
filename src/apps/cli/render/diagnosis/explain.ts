import {
  actionOf,
  classCommands,
  moveNames,
  shortEvidence,
  variantInfo,
  type ClassText,
  type CommandContext,
  type Explanation,
} from '../../../../core/knowledge/failures/index.ts';
import { failureVariants, type Diagnosis, type MirrorHelps } from '../../../../core/model/index.ts';
import { diagnosisName } from './cause.ts';
import type { Page } from '../page.ts';
import { bothEnds } from '../rows.ts';
import { padTo, textWidth, wrap } from '../wrap.ts';

/** Objects that are named; of more only the number is told. */
const mostObjects = 4;
/** As much of the raw text as helps to search for it. */
const mostEvidence = 400;

/** What an excerpt tells: one block for each cause; only the causes when it should be brief. */
export function explanationScreen(
  explanations: readonly Explanation[],
  { brief }: { readonly brief: boolean },
  page: Page,
): readonly string[] {
  if (explanations.length === 0) return wrap(page.m.explain.nothing, page.width);
  return explanations.flatMap((explanation, index) => {
    const head = header(explanation, explanations.length === 1 ? '' : `${index + 1}  `, page);
    if (brief) return head;
    return [...(index === 0 ? [] : ['']), ...head, ...body(explanation, page)];
  });
}

function header({ diagnosis, count }: Explanation, number: string, page: Page): readonly string[] {
  const name = `${number}${diagnosisName(diagnosis, page)}`;
  if (count === 1) return wrap(name, page.width).map(page.paint.strong);
  return bothEnds(name, page.m.explain.times(count), page.width, page.paint.strong);
}

function body(explanation: Explanation, page: Page): readonly string[] {
  const { diagnosis, image, original, objects, others } = explanation;
  const { labels } = page.m.explain;
  const { text, rows: action } = actionRows(diagnosis, page);
  const endpoint = diagnosis.endpoint === undefined ? '' : ` · ${diagnosis.endpoint}`;
  return labelledRows(
    [
      [labels.image, image === undefined ? [] : [image]],
      [labels.original, original === undefined ? [] : [original]],
      [labels.at, objects.length === 0 ? [] : [objectsText(objects, page)]],
      [labels.means, [text.meaning + endpoint]],
      [
        labels.also,
        others.map((other) => [diagnosisName(other, page), other.endpoint].filter(Boolean).join(' · ')),
      ],
      ...action,
      [labels.says, [shortEvidence(diagnosis.evidence, mostEvidence)]],
    ],
    classCommands(diagnosis, contextOf(explanation, page)),
    page,
  );
}

/** What a class or a cause of it means in general, as `explain dns` says it. */
export function classScreen(subject: Pick<Diagnosis, 'class' | 'variant'>, page: Page): readonly string[] {
  const { labels, rule } = page.m.explain;
  const { text, rows } = actionRows({ ...subject, mirrorHelps: undefined }, page);
  const apart = failureVariants.filter((name) => variantInfo[name].of.includes(subject.class));
  const told = subject.variant === undefined ? apart : [];
  return [
    ...wrap([subject.class, subject.variant].filter(Boolean).join(' · '), page.width).map(page.paint.strong),
    ...labelledRows(
      [
        [labels.means, [text.meaning]],
        ...rows,
        [labels.mirror, [rule(text.mirror)]],
        [
          page.m.explain.apart,
          told.map((name) => page.m.words.labelled(name, variantInfo[name].text[page.lang].meaning)),
        ],
      ],
      classCommands({ ...subject, evidence: '' }, { program: page.program }),
      page,
    ),
  ];
}

type Row = readonly [label: string, lines: readonly string[]];

function actionRows(
  subject: Pick<Diagnosis, 'class' | 'variant'> & { readonly mirrorHelps: MirrorHelps | undefined },
  page: Page,
): { readonly text: ClassText; readonly rows: readonly Row[] } {
  const { labels, helps, rule } = page.m.explain;
  const { move, text: texts } = actionOf(subject);
  const text = texts[page.lang];
  const { mirrorHelps } = subject;
  return {
    text,
    rows: [
      [labels.move, [moveNames[page.lang][move]]],
      [labels.works, text.works],
      [labels.useless, [page.m.words.sentences(text.useless)]],
      [labels.mirror, mirrorHelps === undefined ? [] : [helps[mirrorHelps], rule(text.mirror)]],
    ],
  };
}

function labelledRows(rows: readonly Row[], commands: readonly string[], page: Page): readonly string[] {
  const { labels } = page.m.explain;
  const shown = rows.filter(([, lines]) => lines.some(Boolean));
  const width = Math.max(...[...shown.map(([label]) => label), labels.do].map(textWidth));
  const indent = ' '.repeat(3 + width + 2);
  const labelled = (label: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => (index === 0 ? `   ${padTo(label, width)}  ${line}` : indent + line));
  return [
    ...shown.flatMap(([label, lines]) =>
      labelled(
        label,
        lines.filter(Boolean).flatMap((line) => wrap(line, page.width - indent.length)),
      ),
    ),
    // Never wrapped: a command must survive copy and paste.
    ...labelled(labels.do, commands.map(page.paint.strong)),
  ];
}

function objectsText(objects: readonly string[], { m }: Page): string {
  const shown = objects.slice(0, mostObjects);
  const more = objects.length > shown.length ? [m.words.more(objects.length - shown.length)] : [];
  return m.words.list([...shown, ...more]);
}

/** What fills the places of a command: the first pod stands for all. */
export function contextOf(explanation: Explanation, { program }: Pick<Page, 'program'>): CommandContext {
  const { image, objects, container, node, secret } = explanation;
  const pods = objects.flatMap((name) => {
    const [, namespace, pod] = /^Pod (?:([^/]+)\/)?(.+)$/.exec(name) ?? [];
    return pod === undefined ? [] : [{ namespace, pod }];
  });
  const { namespace, pod } = pods.find((one) => one.namespace !== undefined) ?? pods[0] ?? {};
  const given = { image, namespace, pod, container, node, secret, program };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
