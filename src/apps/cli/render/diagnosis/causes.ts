import type { PullProblem } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';
import { bothEnds } from '../rows.ts';
import { adviceRows } from './advice.ts';
import { diagnosisName, nodesText } from './cause.ts';
import { podCount } from './reckoning.ts';

const indent = '   ';
/** Hosts that are named of one cause. */
const mostHosts = 3;

/** Problems of one cause; the first has most pods. */
export type CauseGroup = {
  readonly first: PullProblem;
  readonly problems: readonly PullProblem[];
  readonly pods: number;
};

/** Problems by what is the matter, and so by what ends it; most pods first. */
export function causeGroups(problems: readonly PullProblem[]): readonly CauseGroup[] {
  const groups = Map.groupBy(problems, ({ status: { diagnosis } }) =>
    [diagnosis.class, diagnosis.inner, diagnosis.variant].join(' '),
  );
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined ? [] : [{ first, problems: own, pods: podCount(own) }];
    })
    .toSorted((a, b) => b.pods - a.pods || b.problems.length - a.problems.length);
}

/** `dns · registry-1.docker.io · on all 14 nodes      212 images · 1,804 pods`, one line for each cause. */
export function causeLines(
  groups: readonly CauseGroup[],
  nodes: number | undefined,
  page: Page,
): readonly string[] {
  return groups.flatMap((group) => causeLine(group, nodes, page));
}

/** The same with what ends each, once: what is known of an image alone stands with the image. */
export function causeBlocks(
  groups: readonly CauseGroup[],
  nodes: number | undefined,
  page: Page,
): readonly string[] {
  const { byCause, labels } = page.m.problems;
  return [
    '',
    page.paint.strong(byCause),
    ...groups.flatMap((group) => [
      ...causeLine(group, nodes, page),
      ...adviceRows(labels.try, group.first, page),
    ]),
  ];
}

function causeLine(
  { problems, first, pods }: CauseGroup,
  nodes: number | undefined,
  page: Page,
): readonly string[] {
  const { words } = page.m;
  const hosts = [...new Set(problems.flatMap(({ status }) => status.diagnosis.endpoint ?? []))];
  const more = hosts.length > mostHosts ? [words.more(hosts.length - mostHosts)] : [];
  const names = [...new Set(problems.flatMap(({ status }) => status.nodes))];
  const left = [
    causeName(first, page),
    words.list([...hosts.slice(0, mostHosts), ...more]),
    nodesText(names, nodes, page),
  ];
  const counts = [words.images(problems.length), ...(pods === 0 ? [] : [words.pods(pods)])];
  const text = left.filter((part) => part !== '').join(' · ');
  return bothEnds(text, counts.join(' · '), page.width - indent.length).map((line) => indent + line);
}

/** Of a group each may be more or less certain. */
export function causeName({ status: { diagnosis } }: PullProblem, page: Page): string {
  return diagnosisName({ ...diagnosis, confidence: 'certain' }, page);
}
