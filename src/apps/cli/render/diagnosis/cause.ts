import type { Diagnosis, PullProblem } from '../../../../core/model/index.ts';
import { meaningOf } from './advice.ts';
import type { Page } from '../page.ts';

/** Nodes that are named. */
const mostNodes = 3;

/** Why an image does not arrive: class, meaning, who answered, on which nodes, for how long. */
export function causeText(problem: PullProblem, nodes: number | undefined, page: Page): string {
  const { diagnosis, nodes: names, since } = problem.status;
  const { words, problems } = page.m;
  const cause = words.labelled(diagnosisName(diagnosis, page), meaningOf(problem, page));
  const { endpoint = '', mirrorOf, falseAddress } = diagnosis;
  const parts = [
    // Who it is stands first: the kubelet tells of the registry only.
    mirrorOf === undefined
      ? cause
      : words.labelled(problems.mirrorOfNodes(endpoint, words.list(mirrorOf.slice(0, mostNodes))), cause),
    mirrorOf === undefined ? endpoint : '',
    falseAddress === undefined ? '' : problems.falseAddress[falseAddress.kind](falseAddress.address),
    nodesText(names, nodes, page),
    sinceText(since, page),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Other causes of the same image, each once. */
export function otherTexts(problem: PullProblem, page: Page): readonly string[] {
  return [
    ...new Set(
      problem.status.others.map((other) =>
        [diagnosisName(other, page), other.endpoint].filter(Boolean).join(' · '),
      ),
    ),
  ];
}

/** `sandbox-image (dns)`, `unauthorized (stale-credentials, likely)`. */
export function diagnosisName({ class: name, inner, variant, confidence }: Diagnosis, { m }: Page): string {
  const notes = [
    ...(inner === undefined ? [] : [inner]),
    ...(variant === undefined ? [] : [variant]),
    ...(confidence === 'likely' ? [m.problems.likely] : []),
  ];
  return notes.length === 0 ? name : m.words.withAside(name, m.words.list(notes));
}

/** `on all 14 nodes`; nothing when no node is known. */
export function nodesText(names: readonly string[], all: number | undefined, { m }: Page): string {
  const [first] = names;
  if (first === undefined) return '';
  if (names.length === 1) return m.problems.onNode(first);
  const nodes = m.words.nodes(names.length);
  return names.length === all ? m.problems.onAllNodes(nodes) : m.problems.onNodes(nodes);
}

/** `for 2 h`. */
export function sinceText(since: string | undefined, { m, now }: Page): string {
  const seconds = since === undefined ? Number.NaN : (now - Date.parse(since)) / 1000;
  // Clocks differ: a time in the future says nothing.
  return seconds >= 1 ? m.problems.forTime(m.words.duration(seconds)) : '';
}
