import {
  classCommands,
  actionOf,
  moveNames,
  shortEvidence,
  type CommandContext,
  type Explanation,
} from '../../../../core/knowledge/failures/index.ts';
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

function body({ diagnosis, image, objects }: Explanation, page: Page): readonly string[] {
  const { labels, helps } = page.m.explain;
  const info = actionOf(diagnosis);
  const text = info.text[page.lang];
  const endpoint = diagnosis.endpoint === undefined ? '' : ` · ${diagnosis.endpoint}`;
  const commands = classCommands(diagnosis, contextOf(image, objects, page));
  const rows: readonly (readonly [label: string, lines: readonly string[]])[] = [
    [labels.image, image === undefined ? [] : [image]],
    [labels.at, objects.length === 0 ? [] : [objectsText(objects, page)]],
    [labels.means, [text.meaning + endpoint]],
    [labels.move, [moveNames[page.lang][info.move]]],
    [labels.works, text.works],
    [labels.useless, [page.m.words.sentences(text.useless)]],
    [labels.mirror, [helps[diagnosis.mirrorHelps], page.m.explain.rule(text.mirror)]],
    [labels.says, [shortEvidence(diagnosis.evidence, mostEvidence)]],
  ];
  const width = Math.max(...[...rows.map(([label]) => label), labels.do].map(textWidth));
  const indent = ' '.repeat(3 + width + 2);
  const labelled = (label: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => (index === 0 ? `   ${padTo(label, width)}  ${line}` : indent + line));
  return [
    ...rows.flatMap(([label, lines]) =>
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
function contextOf(image: string | undefined, objects: readonly string[], { program }: Page): CommandContext {
  const [, namespace, pod] = objects.map((name) => /^Pod (?:([^/]+)\/)?(.+)$/.exec(name)).find(Boolean) ?? [];
  const given = { image, namespace, pod, program };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
