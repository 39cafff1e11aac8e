import type {
  Canary,
  NodeConfigPlan,
  NodeCheck,
  NodeConfigView,
  OfNode,
  Restored,
} from '../../../../flows/index.ts';
import { markedLine } from '../files/marked-line.ts';
import type { Page } from '../page.ts';
import { undoScreen } from '../repair/undo.ts';
import { row } from '../rows.ts';
import { perNode } from './per-node.ts';
import { unusedText } from './unused-text.ts';

/** What each node is set to. */
export function configScreen(nodes: readonly OfNode<NodeConfigView>[], page: Page): readonly string[] {
  return perNode(nodes, page, (view) => {
    const { labels, noMirror, asks } = page.m.nodeConfig;
    const { registries, pauseImage, files, unused } = view;
    return [
      ...(registries.length === 0
        ? row(labels.asks, noMirror, page)
        : registries.flatMap(({ registry, servers }) =>
            row(labels.asks, asks(registry, servers.join(' → ')), page),
          )),
      ...(pauseImage === undefined ? [] : row(labels.pause, pauseImage, page)),
      ...(files.length === 0 ? [] : row(labels.files, page.m.words.list(files), page)),
      ...unusedLines(unused, page),
    ];
  });
}

/** What each node would be told. */
export function draftScreen({ nodes, untold }: NodeConfigPlan, page: Page): readonly string[] {
  const { labels, already, unused } = page.m.nodeConfig;
  const lines = perNode(nodes, page, ({ step, untold: here, broken }) => [
    ...(step === undefined ? row(labels.told, already, page) : []),
    ...(step?.files ?? []).flatMap(({ path, lines: changed }) => [
      ...row(labels.told, path, page),
      ...changed.map((line) => `    ${line.startsWith('-') ? page.paint.bad(line) : page.paint.good(line)}`),
    ]),
    ...untoldLines(here, page),
    ...broken.flatMap(({ path, line, reason }) =>
      doubt(unused['broken-file'](`${path}:${line}`, reason), page),
    ),
  ]);
  return [...lines, ...untoldLines(untold, page)];
}

/** Whether nodes use what they are told. */
export function checkScreen(nodes: readonly OfNode<NodeCheck>[], page: Page): readonly string[] {
  return perNode(nodes, page, ({ canaries, unused }) => [
    ...canaries.flatMap((canary) => canaryLines(canary, page)),
    ...unusedLines(unused, page),
  ]);
}

export function restoredScreen(restored: readonly Restored[], page: Page): readonly string[] {
  return restored.flatMap(({ run, outcomes }) => [page.paint.strong(run), ...undoScreen(outcomes, page)]);
}

function canaryLines({ mirror, result, requests }: Canary, page: Page): readonly string[] {
  const { canary, httpOnTls } = page.m.nodeConfig;
  const asked =
    result === 'unused' ? requests[0] : (requests.find(({ status }) => status !== undefined) ?? requests[0]);
  const { url = '', status, error = '' } = asked ?? {};
  const answer =
    status === undefined ? (/HTTP response to HTTPS/i.test(error) ? httpOnTls : error) : String(status);
  const mark = result === 'used' ? page.paint.good('✔') : page.paint.bad('✘');
  return markedLine(mark, canary[result](mirror, url, answer), page);
}

type UnusedList = NodeConfigView['unused'];

function unusedLines(unused: UnusedList, page: Page): readonly string[] {
  return unused.flatMap((one) => doubt(unusedText(one, page.m), page));
}

export function untoldLines(untold: NodeConfigPlan['untold'], page: Page): readonly string[] {
  return untold.flatMap(({ mirror, registry, reason }) =>
    doubt(page.m.nodeConfig.untold[reason](mirror, registry), page),
  );
}

function doubt(text: string, page: Page): readonly string[] {
  return markedLine(page.paint.doubtful('!'), text, page);
}
