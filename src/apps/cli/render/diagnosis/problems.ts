import { shortEvidence } from '../../../../core/knowledge/failures/index.ts';
import type { PullProblem, ReachReport, RepairPlan, Supply } from '../../../../core/model/index.ts';
import { copyRow } from '../repair/copies.ts';
import { isCopy, sendsToNodes, stepTitle, title } from '../names.ts';
import { originalText } from '../original.ts';
import { chainRows } from './chains.ts';
import { adviceRows } from './advice.ts';
import type { Page } from '../page.ts';
import { stepTable } from '../repair/plan.ts';
import { causeBlocks, causeGroups, causeLines, causeName } from './causes.ts';
import { loginCommands, loginRows } from './logins.ts';
import { reachRows } from './reach.ts';
import { podCount, stepsFor, unmendedOf } from './reckoning.ts';
import { bothEnds, indented, labelled, row, rowIndent } from '../rows.ts';
import { wrap } from '../wrap.ts';
import { unmendedRows } from '../repair/unmended.ts';
import { causeText, otherTexts } from './cause.ts';
import { correctedCommands, isCorrected, whenceRows } from './whence.ts';

/** Nodes that are named; of more only the number is told. */
const mostNodes = 4;
/** Up to this many images are told whole. */
const mostBlocks = 12;
/** Of more the first ones are, a line each of the next, and the rest as a number. */
const mostWhole = 10;
const mostLines = 40;
/** Workloads of one image that are named. */
const mostOwners = 4;
/** More steps of one image are said as a number; the diff and the plan file hold them all. */
const mostSteps = 12;
/** As much of the raw text as helps to search for it. */
const mostEvidence = 240;

/** What is known about the problems besides themselves; all of it is absent for a bare diagnosis. */
export type Known = {
  readonly nodes?: number;
  readonly supplies?: readonly Supply[];
  readonly plan?: RepairPlan;
  /** Show the raw text of the cause, not only what it means. */
  readonly evidence?: boolean;
  readonly reach?: ReachReport;
};

/** What was looked at where no image fails. */
export type Looked = {
  readonly pods?: number;
  /** Something does not start all the same. */
  readonly othersWait?: boolean;
};

/** `3 images keep 412 pods from starting`, with the time it took to know. */
export function problemsTitle(
  problems: readonly PullProblem[],
  seconds: number | undefined,
  page: Page,
  looked: Looked = {},
): readonly string[] {
  const { m } = page;
  const time = seconds === undefined ? '' : m.words.duration(seconds);
  if (problems.length === 0) return bothEnds(allWell(looked, page), time, page.width);
  return bothEnds(headline(problems, page), time, page.width, page.paint.strong);
}

/** Said of what was looked at, and of no more. */
export function allWell({ pods, othersWait = false }: Looked, { m }: Page): string {
  if (othersWait) return m.problems.waitsOtherwise;
  if (pods === undefined) return m.problems.allWell;
  if (pods === 0) return m.problems.noPods;
  return `${m.problems.allWell} · ${m.problems.looked(m.words.pods(pods))}`;
}

/** `3 images keep 412 pods from starting`, or that nothing fails. */
export function headline(problems: readonly PullProblem[], { m }: Page): string {
  if (problems.length === 0) return m.problems.allWell;
  const images = m.words.images(problems.length);
  const pods = podCount(problems);
  const files = new Set(problems.flatMap((problem) => problem.spec.usages.map((use) => use.position?.file)));
  return pods === 0
    ? m.problems.named(images, m.words.files(files.size))
    : m.problems.keepPods(images, problems.length === 1, m.words.pods(pods));
}

/** One block for each image, numbered from 1. */
export function problemBlocks(problems: readonly PullProblem[], known: Known, page: Page): readonly string[] {
  const digits = String(problems.length).length;
  const isMany = problems.length > mostBlocks;
  const groups = causeGroups(problems);
  const number = (index: number): string => String(index + 1).padStart(digits);
  const isAlone = problems.length === 1;
  const blocks = (isMany ? problems.slice(0, mostWhole) : problems).flatMap((problem, index) => [
    '',
    ...header(problem, number(index), page),
    ...body(problem, known, isAlone, page),
  ]);
  // Of a plan the steps are what is told last.
  const end = known.plan === undefined && !isAlone ? causeBlocks(groups, known.nodes, page) : [];
  if (!isMany) return [...blocks, ...(problems.length === 0 ? [] : end)];
  return [
    '',
    ...causeLines(groups, known.nodes, page),
    ...blocks,
    ...theRest(problems, number, page),
    ...end,
  ];
}

/** Those with fewer pods, a line each: number, image, cause, pods. */
function theRest(
  problems: readonly PullProblem[],
  number: (index: number) => string,
  page: Page,
): readonly string[] {
  const { words, problems: texts } = page.m;
  const lines = problems.slice(mostWhole, mostWhole + mostLines).flatMap((problem, index) => {
    const { pods } = problem.status;
    const counts = pods === 0 ? words.places(problem.spec.usages.length) : words.pods(pods);
    const cause = `${causeName(problem, page)} · ${counts}`;
    return bothEnds(`${number(mostWhole + index)}  ${problem.spec.image}`, cause, page.width);
  });
  const left = problems.length - mostWhole - mostLines;
  return [
    '',
    ...lines,
    ...(left > 0
      ? wrap(texts.moreImages(words.images(left)), page.width - 3).map((line) => `   ${line}`)
      : []),
  ];
}

function header(problem: PullProblem, number: string, page: Page): readonly string[] {
  const { words } = page.m;
  const { pods, owners } = problem.status;
  const { usages, image } = problem.spec;
  const counts =
    pods === 0 ? words.places(usages.length) : `${words.pods(pods)} · ${words.owners(owners.length)}`;
  return bothEnds(`${number}  ${image}`, counts, page.width, page.paint.strong);
}

function body(problem: PullProblem, known: Known, isAlone: boolean, page: Page): readonly string[] {
  const { labels } = page.m.problems;
  const { diagnosis } = problem.status;
  const lines = [...row(labels.why, causeText(problem, known.nodes, page), page)];
  for (const text of otherTexts(problem, page)) lines.push(...row(labels.also, text, page));
  if ((known.evidence === true || diagnosis.class === 'unknown') && diagnosis.evidence !== '') {
    lines.push(
      ...row(labels.says, shortEvidence(diagnosis.evidence, mostEvidence), page).map(page.paint.quiet),
    );
  }
  if (known.plan === undefined) lines.push(...ownersRow(problem, page));
  const seen = known.reach?.images.find(({ image }) => image === problem.spec.image);
  if (seen !== undefined) lines.push(...reachRows(seen, page));
  const { original } = problem.status;
  if (original !== undefined) lines.push(...row(labels.is, originalText(original, page), page));
  lines.push(...presentRow(problem, page), ...loginRows(problem, page));
  lines.push(...whenceRows(problem, page), ...chainRows(problem, page));
  const supply = known.supplies?.find((one) => one.image === problem.spec.image);
  const isRead = known.plan !== undefined && stepsFor(problem, known.plan).some(sendsToNodes);
  if (supply !== undefined)
    lines.push(
      ...(isRead ? row(labels.have, page.m.problems.readHere, page) : copyRow(problem, supply, page)),
    );
  if (known.plan === undefined) return [...lines, ...tryRows(problem, isAlone, page)];
  const steps = stepsFor(problem, known.plan);
  const copies = steps.filter(isCopy);
  for (const step of copies)
    lines.push(...row(labels.copy, `${stepTitle(step)}   ${page.m.plan.madeNow}`, page));
  const others = steps.filter((step) => !isCopy(step));
  lines.push(...labelled(labels.fix, stepTable(others, { indent: rowIndent, most: mostSteps }, page)));
  const copy = supply?.candidates.find(({ usable }) => usable)?.reference;
  return [...lines, ...unmendedRows(problem, unmendedOf(problem, known.plan), page, copy)];
}

/** The workloads that wait for it, with their namespaces. */
function ownersRow({ status: { owners } }: PullProblem, page: Page): readonly string[] {
  if (owners.length === 0) return [];
  const more = owners.length > mostOwners ? [page.m.words.more(owners.length - mostOwners)] : [];
  const names = [...owners.slice(0, mostOwners).map(title), ...more];
  return row(page.m.problems.labels.of, page.m.words.list(names), page);
}

/** That the image is there, where only the policy asks for it. */
function presentRow({ status: { onNodes = [] } }: PullProblem, page: Page): readonly string[] {
  if (onNodes.length === 0) return [];
  const { labels, present } = page.m.problems;
  const named = onNodes.length > mostNodes ? page.m.words.nodes(onNodes.length) : page.m.words.list(onNodes);
  return row(labels.here, present(named), page);
}

/** What ends it: what its place asks for, else what its class does. */
function tryRows(problem: PullProblem, isAlone: boolean, page: Page): readonly string[] {
  const { labels } = page.m.problems;
  if (!isCorrected(problem)) {
    if (isAlone) return adviceRows(labels.try, problem, page);
    // What its cause asks for is told once, with the cause.
    const own = loginCommands(problem).map(page.paint.strong);
    return labelled(labels.try, indented(own));
  }
  return [
    ...row(labels.try, page.m.whence.replaceRest(page.program), page),
    ...indented(correctedCommands(problem).map(page.paint.strong)),
  ];
}
