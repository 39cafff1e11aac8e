import { localTime } from '../local-time.ts';
import { redact, type PullmendError } from '../../../../core/base/index.ts';
import { apiVersion, type PullProblem } from '../../../../core/model/index.ts';
import type { DiagnoseResult, Document } from '../../../../flows/index.ts';
import { pageWidth, type Shell } from '../../shell.ts';
import type { Change } from '../../watching.ts';
import { causeText } from './cause.ts';
import { stalledBlocks } from './chains.ts';
import { clusterLine } from './cluster-line.ts';
import { errorDocument } from '../errors.ts';
import { findingBlocks } from './findings.ts';
import { harmless, jsonLine } from '../harmless.ts';
import type { Page } from '../page.ts';
import { problemsTitle } from './problems.ts';
import { bothEnds, row } from '../rows.ts';
import { serialize } from '../serialize.ts';
import { cutTo, wrap } from '../wrap.ts';

export type Look = {
  readonly result: DiagnoseResult;
  readonly nodes: number | undefined;
  readonly changes: readonly Change[];
  /** The look before this one failed. */
  readonly wasLost: boolean;
};

/** A look that failed, and when the next one is. */
export type Lost = { readonly error: PullmendError; readonly seconds: number };

/** Where a watch shows what it sees. */
export type WatchView = {
  readonly show: (look: Look) => Promise<void>;
  readonly lost: (lost: Lost) => Promise<void>;
  readonly close: () => void;
};

/** The whole terminal where there is one, else a line (or document) for each change. */
export function openWatchView(shell: Shell, every: number, quit: () => void): WatchView {
  if (shell.format !== 'table') return documentView(shell);
  return shell.context.takeTerminal === undefined ? lineView(shell) : screenView(shell, every, quit);
}

function documentView({ context, format, page }: Shell): WatchView {
  const write = async (document: Document): Promise<void> => {
    const whole = { apiVersion, kind: 'WatchEvent', at: new Date(context.now()).toISOString(), ...document };
    const text = format === 'yaml' ? `---\n${await serialize(whole, 'yaml')}` : `${jsonLine(whole)}\n`;
    context.stdout.write(text);
    await context.stdout.drained?.();
  };
  return {
    show: async ({ changes, wasLost }) => {
      if (wasLost) await write({ type: 'reconnected' });
      for (const change of changes) await write(change);
    },
    lost: async ({ error, seconds }) =>
      await write({ type: 'disconnected', retrySeconds: seconds, error: errorDocument(error, page.lang) }),
    close: () => {},
  };
}

function lineView({ context, page }: Shell): WatchView {
  const say = (text: string): void => context.stdout.write(`${clock(context.now())}  ${redact(text)}\n`);
  return {
    show: async ({ changes, nodes, wasLost }) => {
      if (wasLost) say(page.m.watch.back);
      const now = { ...page, now: context.now() };
      for (const { type, problem } of harmless(changes)) {
        const text = type === 'cleared' ? '' : ` · ${causeText(problem, nodes, now)}`;
        const pods = page.m.words.pods(problem.status.pods);
        say(`${page.m.watch.marks[type]}  ${problem.spec.image} · ${pods}${text}`);
      }
    },
    lost: async (lost) => say(lostText(lost, page)),
    close: () => {},
  };
}

/** Draws over itself from the top; nothing is erased first, so that nothing flickers. */
function screenView(shell: Shell, every: number, quit: () => void): WatchView {
  const { context } = shell;
  let look: Look | undefined;
  let at = context.now();
  let lost: Lost | undefined;
  /** What happened to an image last, as long as nothing else has happened. */
  let marks: readonly Change[] = [];
  const draw = (): void => {
    // The last column stays free: a terminal that wraps early would scroll.
    const columns = context.stdout.columns() - 1;
    const page = { ...shell.page, width: Math.min(columns, pageWidth(context.stdout)), now: context.now() };
    const lines =
      look === undefined ? [page.m.watch.starting] : screenLines({ look, at, every, marks, lost }, page);
    const room = Math.max(2, context.stdout.rows() - 1);
    const left = lines.length - room + 1;
    const shown = left > 1 ? [...lines.slice(0, room - 1), page.m.watch.more(left)] : lines;
    const text = shown.map((line) => `${cutTo(redact(line), columns)}\u001b[K`).join('\r\n');
    context.stdout.write(`\u001b[H${text}\u001b[J`);
  };
  const release = context.takeTerminal?.((key) => {
    if (key === 'q' || key === 'Q') quit();
    else if (key === 'resize') draw();
  });
  draw();
  return {
    show: async (seen) => {
      // At the first look everything would be new.
      if (look !== undefined && seen.changes.length > 0) marks = seen.changes;
      look = harmless(seen);
      marks = harmless(marks);
      lost = undefined;
      at = context.now();
      draw();
    },
    lost: async (now) => {
      lost = now;
      draw();
    },
    close: () => release?.(),
  };
}

type Seen = {
  readonly look: Look;
  readonly at: number;
  readonly every: number;
  readonly marks: readonly Change[];
  readonly lost: Lost | undefined;
};

function screenLines({ look, at, every, marks, lost }: Seen, page: Page): readonly string[] {
  const { cluster, problems, chains = [], findings = [] } = look.result;
  const { watch, words } = page.m;
  const size = look.nodes === undefined ? {} : { nodes: look.nodes };
  const marked = new Map(marks.map(({ type, problem }) => [problem.metadata.name, watch.marks[type]]));
  const shown = new Set(problems.map(({ metadata }) => metadata.name));
  const cleared = marks.filter(
    ({ type, problem }) => type === 'cleared' && !shown.has(problem.metadata.name),
  );
  return [
    ...(cluster === undefined ? [] : clusterLine(cluster, page, size)),
    ...bothEnds(watch.looked(clock(at), words.duration(every)), watch.quit, page.width),
    ...(lost === undefined ? [] : wrap(lostText(lost, page), page.width).map(page.paint.bad)),
    '',
    ...problemsTitle(problems, undefined, page),
    ...problems.flatMap((problem) =>
      problemLines(problem, marked.get(problem.metadata.name), look.nodes, page),
    ),
    ...(cleared.length === 0 ? [] : ['', watch.cleared]),
    ...cleared.map(({ problem }) => page.paint.good(`✔ ${problem.spec.image}`)),
    ...stalledBlocks(chains, page),
    ...findingBlocks(findings, page),
  ];
}

function problemLines(
  problem: PullProblem,
  mark: string | undefined,
  nodes: number | undefined,
  page: Page,
): readonly string[] {
  const { words, problems } = page.m;
  const counts = `${words.pods(problem.status.pods)} · ${words.owners(problem.status.owners.length)}`;
  const name = mark === undefined ? problem.spec.image : page.m.words.withAside(problem.spec.image, mark);
  return [
    '',
    ...bothEnds(name, counts, page.width, page.paint.strong),
    ...row(problems.labels.why, causeText(problem, nodes, page), page),
  ];
}

function lostText({ error, seconds }: Lost, { m, lang }: Page): string {
  return m.watch.lost(harmless(error.text(lang).what), m.words.duration(seconds));
}

function clock(now: number): string {
  return localTime(now).slice(11);
}
