import { classCommands, actionOf, moveNames } from '../../../../core/knowledge/failures/index.ts';
import type {
  Chain,
  ClusterFinding,
  ClusterIdentity,
  ObjectRef,
  Prediction,
  PullProblem,
  ReachReport,
} from '../../../../core/model/index.ts';
import { commandContext, meaningOf } from '../diagnosis/advice.ts';
import { isFailure } from '../../../../core/knowledge/chains/index.ts';
import { wayTexts } from '../diagnosis/chains.ts';
import { diagnosisName, nodesText, otherTexts, sinceText } from '../diagnosis/cause.ts';
import { clusterLine } from '../diagnosis/cluster-line.ts';
import { loginTexts } from '../diagnosis/logins.ts';
import { whenceTexts } from '../diagnosis/whence.ts';
import { findingTexts, type FindingText } from '../diagnosis/findings.ts';
import { title } from '../names.ts';
import { localTime } from '../local-time.ts';
import type { Page } from '../page.ts';
import { headline } from '../diagnosis/problems.ts';
import { predictionTitle, reachNotes, reachTexts } from '../diagnosis/reach.ts';

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
  /** What probes saw: the verdict, then each place. */
  readonly seen: readonly string[];
  readonly endpoint: string;
  readonly pods: number;
  readonly owners: readonly string[];
  readonly places: readonly string[];
  /** Files that name the image. */
  readonly files: number;
  /** What waits for it without a failing image of its own, and along which way. */
  readonly waits: readonly string[];
  readonly nodes: string;
  readonly since: string;
  readonly commands: readonly string[];
  readonly evidence: string;
  readonly containers: readonly ReportContainer[];
  /** Containers beyond those that are listed. */
  readonly moreContainers: number;
};

/** Running images that their registries no longer give. */
export type ReportPrediction = {
  readonly title: string;
  readonly rows: readonly {
    readonly image: string;
    readonly answer: string;
    readonly pods: number;
    readonly owners: readonly string[];
  }[];
  readonly unknown: readonly { readonly image: string; readonly detail: string }[];
};

/** A diagnosis in words, before it takes a form. */
export type Report = {
  readonly title: string;
  /** `3 images keep 412 pods from starting`. */
  readonly headline: string;
  /** Cluster, version, time. */
  readonly about: readonly string[];
  readonly entries: readonly ReportEntry[];
  /** What waits although no failing image was found. */
  readonly stalled: readonly string[];
  /** What is wrong with the cluster itself. */
  readonly findings: readonly FindingText[];
  /** What probes could not ask. */
  readonly notes: readonly string[];
  /** What will fail later, if it was asked for. */
  readonly prediction?: ReportPrediction;
  readonly made: string;
};

export type ReportInput = {
  readonly cluster?: ClusterIdentity;
  readonly nodes?: number;
  readonly problems: readonly PullProblem[];
  readonly chains?: readonly Chain[];
  readonly findings?: readonly ClusterFinding[];
  readonly reach?: ReachReport;
  readonly prediction?: Prediction;
  readonly version: string;
};

/** Puts a diagnosis into words; most pods first. */
export function makeReport(input: ReportInput, page: Page): Report {
  const { cluster, nodes, problems, chains = [], findings = [], version, reach, prediction } = input;
  const wide: Page = { ...page, width: Number.MAX_SAFE_INTEGER };
  const { report } = page.m;
  const othersWait = problems.length === 0 && (chains.length > 0 || findings.some(isFailure));
  const size = nodes === undefined ? {} : { nodes };
  return {
    title: report.title,
    headline: othersWait ? page.m.problems.waitsOtherwise : headline(problems, page),
    about: [
      ...(cluster === undefined ? [] : clusterLine(cluster, wide, size)),
      report.writtenAt(localTime(page.now)),
    ],
    entries: problems
      .toSorted((a, b) => b.status.pods - a.status.pods)
      .map((one) => entryOf(one, input, page)),
    notes: reach === undefined ? [] : reachNotes(reach, page),
    ...(prediction === undefined ? {} : { prediction: predictionOf(prediction, page) }),
    stalled: wayTexts(chains, page),
    findings: findingTexts(findings, page),
    made: report.madeBy(version),
  };
}

function predictionOf(prediction: Prediction, page: Page): ReportPrediction {
  return {
    title: predictionTitle(prediction, page).join(' '),
    rows: prediction.foreseen.map(({ image, class: name, confidence, detail, pods, owners }) => ({
      image,
      answer: `${confidence === 'likely' ? page.m.words.withAside(name, page.m.problems.likely) : name} · ${detail}`,
      pods,
      owners: owners.map(title),
    })),
    unknown: prediction.unknown,
  };
}

function entryOf(problem: PullProblem, { nodes, reach }: ReportInput, page: Page): ReportEntry {
  const { spec, status, metadata } = problem;
  const { diagnosis, failures } = status;
  const info = actionOf(diagnosis);
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
    mirror: page.m.words.withAside(
      page.m.explain.helps[diagnosis.mirrorHelps],
      page.m.explain.rule(text.mirror),
    ),
    also: otherTexts(problem, page),
    seen: [
      ...loginTexts(problem, page),
      ...whenceTexts(problem, page),
      ...(reach?.images ?? [])
        .filter(({ image }) => image === spec.image)
        .flatMap((one) => reachTexts(one, page)),
    ],
    endpoint: diagnosis.endpoint ?? '',
    pods: status.pods,
    owners: status.owners.map(title),
    places: placesOf(problem),
    files: new Set(spec.usages.flatMap(({ position }) => position?.file ?? [])).size,
    waits: wayTexts(status.chains ?? [], page),
    nodes: nodesText(status.nodes, nodes, page),
    since: sinceText(status.since, page),
    commands: classCommands(diagnosis, commandContext(problem, page)),
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

/** True when no cluster was asked: the images are named in files, and nothing waits. */
export function isOfFiles(entries: readonly ReportEntry[]): boolean {
  return entries.length > 0 && entries.every(({ pods, places }) => pods === 0 && places.length > 0);
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
