import { classCommands, failureClassInfo, moveNames } from '../../../../core/knowledge/failures/index.ts';
import type { ClusterIdentity, ObjectRef, PullProblem } from '../../../../core/model/index.ts';
import { commandContext, meaningOf } from '../advice.ts';
import { diagnosisName, nodesText, otherTexts, sinceText } from '../cause.ts';
import { clusterLine } from '../cluster-line.ts';
import { title } from '../names.ts';
import type { Page } from '../page.ts';
import { headline } from '../problems.ts';

/** Containers that are listed of one image; of more only the number is told. */
const mostContainers = 50;

/** One container that waits. */
export type ReportContainer = {
  readonly pod: string;
  readonly container: string;
  readonly node: string;
  readonly reason: string;
};

/** What a report says about one image, in words. */
export type ReportEntry = {
  readonly id: string;
  readonly image: string;
  readonly failure: string;
  /** Class, with what stands in it. */
  readonly cause: string;
  readonly meaning: string;
  readonly move: string;
  readonly works: readonly string[];
  readonly useless: readonly string[];
  readonly mirror: string;
  readonly also: readonly string[];
  readonly endpoint: string;
  readonly pods: number;
  readonly owners: readonly string[];
  readonly places: readonly string[];
  readonly nodes: string;
  readonly since: string;
  readonly commands: readonly string[];
  readonly evidence: string;
  readonly containers: readonly ReportContainer[];
  /** Containers beyond those that are listed. */
  readonly moreContainers: number;
};

/** A diagnosis in words, before it takes a form. */
export type Report = {
  readonly title: string;
  /** `3 images keep 412 pods from starting`. */
  readonly headline: string;
  /** Cluster, version, time. */
  readonly about: readonly string[];
  readonly entries: readonly ReportEntry[];
  readonly made: string;
};

export type ReportInput = {
  readonly cluster?: ClusterIdentity;
  readonly nodes?: number;
  readonly problems: readonly PullProblem[];
  readonly version: string;
};

/** Puts a diagnosis into words; most pods first. */
export function makeReport(input: ReportInput, page: Page): Report {
  const { cluster, nodes, problems, version } = input;
  const wide: Page = { ...page, width: Number.MAX_SAFE_INTEGER };
  const { report } = page.m;
  const size = nodes === undefined ? {} : { nodes };
  return {
    title: report.title,
    headline: headline(problems, page),
    about: [
      ...(cluster === undefined ? [] : clusterLine(cluster, wide, size)),
      report.writtenAt(new Date(page.now).toISOString().replace(/\.\d+Z$/, 'Z')),
    ],
    entries: problems
      .toSorted((a, b) => b.status.pods - a.status.pods)
      .map((one) => entryOf(one, nodes, page)),
    made: report.madeBy(version),
  };
}

function entryOf(problem: PullProblem, nodes: number | undefined, page: Page): ReportEntry {
  const { spec, status, metadata } = problem;
  const { diagnosis, failures } = status;
  const info = failureClassInfo[diagnosis.class];
  const text = info.text[page.lang];
  return {
    id: metadata.name,
    image: spec.image,
    failure: diagnosis.class,
    cause: diagnosisName(diagnosis, page),
    meaning: meaningOf(problem, page),
    move: moveNames[page.lang][info.move],
    works: text.works,
    useless: text.useless,
    mirror: `${page.m.explain.helps[diagnosis.mirrorHelps]} (${page.m.explain.rule(text.mirror)})`,
    also: otherTexts(problem, page),
    endpoint: diagnosis.endpoint ?? '',
    pods: status.pods,
    owners: status.owners.map(title),
    places: placesOf(problem),
    nodes: nodesText(status.nodes, nodes, page),
    since: sinceText(status.since, page),
    commands: classCommands(diagnosis.class, commandContext(problem)),
    evidence: diagnosis.evidence,
    containers: failures.slice(0, mostContainers).map(({ pod, container, node, reason }) => ({
      pod: name(pod),
      container,
      node: node ?? '',
      reason,
    })),
    moreContainers: Math.max(0, failures.length - mostContainers),
  };
}

/** Files name an image at a line. */
function placesOf({ spec }: PullProblem): readonly string[] {
  return spec.usages.flatMap(({ position }) =>
    position === undefined ? [] : [`${position.file}:${position.line}`],
  );
}

function name(object: ObjectRef): string {
  return object.namespace === undefined ? object.name : `${object.namespace}/${object.name}`;
}
