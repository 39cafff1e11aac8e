import type { RequestOptions, RequestResult } from './request.ts';
import type { PullmendError } from '../../core/base/index.ts';
import type { CheckedMirror } from './check-mirrors.ts';
import type { HarborSetupPlan, SetupOptions, SetupResult } from './set-up-harbors.ts';
import type { PreflightItem, PreflightReport } from '../preflight/index.ts';
import type { PreflightOptions, PreflightSource } from './preflight.ts';
import type { ChartRewrite, ChartRewriteOptions } from './rewrite-chart.ts';
import type { RewriteOptions, RewriteResult } from './rewrite.ts';
import type { Discovery, DiscoverOptions } from './discover.ts';
import type { ImageSource } from './list-images.ts';
import type { SnapshotOptions } from './snapshot.ts';
import type {
  Chain,
  ClusterFinding,
  ClusterIdentity,
  ImageListing,
  Json,
  MirrorSet,
  Prediction,
  PullProblem,
  ReachReport,
  RepairPlan,
  RepairRecord,
  Snapshot,
  Step,
  Supply,
  UndoOutcome,
  Verdict,
} from '../../core/model/index.ts';

/** What to look at: a part of a cluster, or files. */
export type Target =
  | {
      readonly type: 'cluster';
      /** Absent: the namespace of the kubeconfig's context. */
      readonly namespace?: string;
      readonly allNamespaces: boolean;
      readonly selector?: string;
      /** `kind/name` as kubectl takes them; empty: everything. */
      readonly names: readonly string[];
    }
  | { readonly type: 'files'; readonly paths: readonly string[] }
  | {
      readonly type: 'snapshot';
      readonly path: string;
      /** Absent: the part of the cluster that the snapshot is of. */
      readonly namespace?: string;
      readonly names: readonly string[];
    };

export type ClusterTarget = Extract<Target, { readonly type: 'cluster' }>;

/** What a stage tells while it works; the command draws it, JSON output ignores it. */
export type MendEvent =
  | { readonly type: 'cluster'; readonly cluster: ClusterIdentity; readonly nodes: number }
  | { readonly type: 'problems'; readonly problems: readonly PullProblem[]; readonly seconds: number }
  | { readonly type: 'probing'; readonly done: number; readonly total: number; readonly image: string }
  | { readonly type: 'supplied'; readonly supplies: readonly Supply[]; readonly seconds: number }
  | { readonly type: 'planned'; readonly plan: RepairPlan }
  | { readonly type: 'step-started'; readonly step: Step }
  | { readonly type: 'step-applied'; readonly step: Step; readonly seconds: number }
  | {
      readonly type: 'copying';
      readonly step: Step;
      /** Bytes, of all copies of the run. */
      readonly sent: number;
      readonly planned: number;
    }
  | { readonly type: 'step-failed'; readonly step: Step; readonly error: PullmendError }
  | { readonly type: 'verifying'; readonly step: Step; readonly proved: number; readonly expected: number }
  | { readonly type: 'verdict'; readonly step: Step; readonly verdict: Verdict }
  | { readonly type: 'rolled-back'; readonly step: Step; readonly outcomes: readonly UndoOutcome[] };

export type OnEvent = (event: MendEvent) => void;

export type PlanOptions = {
  /** Use a copy whose digest differs from the original's. */
  readonly allowUnverified: boolean;
  /** Set this pull policy together with the image. */
  readonly pullPolicy?: 'IfNotPresent' | 'Always';
};

export type ApplyOptions = {
  /** How long the kubelet has to start the containers, in seconds. */
  readonly timeoutSeconds: number;
  /** Leave a step in place although it was not proved. */
  readonly keep: boolean;
  /** Asked before anything changes; `false` ends the run with nothing changed. */
  readonly confirm: (plan: RepairPlan) => Promise<boolean>;
  /** Asked for each step that loses something for good; `false` leaves that step out. */
  readonly confirmLoss: (step: Step) => Promise<boolean>;
};

export type DiagnoseResult = {
  readonly cluster?: ClusterIdentity;
  readonly problems: readonly PullProblem[];
  /** What waits for something that no failing image explains. */
  readonly chains?: readonly Chain[];
  /** What is wrong with the cluster itself. */
  readonly findings?: readonly ClusterFinding[];
  readonly reach?: ReachReport;
  readonly prediction?: Prediction;
  /** Of a snapshot: when it was taken, ISO 8601. */
  readonly takenAt?: string;
};

export type PlanResult = DiagnoseResult & {
  readonly supplies: readonly Supply[];
  readonly plan: RepairPlan;
};

/** A permission that the plan needs and the user lacks, e.g. `patch deployments.apps in shop`. */
export type MissingPermission = {
  readonly verb: string;
  readonly resource: string;
  readonly namespace?: string;
};

/** `dry-run`: the API server accepted every write without carrying it out; `declined`: the user said no. */
export type ApplyOutcome = 'nothing-to-do' | 'dry-run' | 'declined' | 'applied';

export type ApplyResult = {
  readonly outcome: ApplyOutcome;
  readonly record?: RepairRecord;
  readonly verdicts: readonly Verdict[];
  /** Steps that failed at the write, by id. */
  readonly errors: Readonly<Record<string, PullmendError>>;
  /** Steps taken back because they were not proved, by id. */
  readonly rolledBack: readonly string[];
};

export type FixResult = PlanResult & ApplyResult;

export type UndoResult = { readonly record: RepairRecord; readonly outcomes: readonly UndoOutcome[] };

export type { ChartRewrite, ChartRewriteOptions };
export type { Discovery, DiscoverOptions };
export type { RewriteOptions, RewriteResult };
export type { PreflightItem, PreflightOptions, PreflightReport, PreflightSource };
export type { CheckedMirror, HarborSetupPlan, ImageSource, SetupOptions, SetupResult, SnapshotOptions };

/** Which runs are meant when none is named: those that changed something there. */
export type RunScope = {
  /** Absent: the namespace of the kubeconfig's context, and runs on files. */
  readonly namespace?: string;
  readonly allNamespaces: boolean;
};

/** The whole way through. Made once a command; every method may throw PullmendError. */
export type Mender = {
  diagnose(target: Target): Promise<DiagnoseResult>;
  /** What diagnosis needs, without secrets; changes nothing. */
  snapshot(target: ClusterTarget, options: SnapshotOptions): Promise<Snapshot>;
  /** The step at which each pull breaks, from the nodes that fail and from here. Nothing of it counts as a pull. */
  probe(problems: readonly PullProblem[], target: Target): Promise<ReachReport>;
  /** Running images that will fail when their pods move, because their registries no longer give them. */
  predict(target: ClusterTarget): Promise<Prediction>;
  plan(target: Target, options: PlanOptions): Promise<PlanResult>;
  /** `dryRun`: sends every write with the server's dry-run, changes nothing. */
  apply(plan: RepairPlan, options: ApplyOptions & { readonly dryRun: boolean }): Promise<ApplyResult>;
  fix(target: Target, options: PlanOptions & ApplyOptions & { readonly dryRun: boolean }): Promise<FixResult>;
  /** Without a name: the newest run of the scope. `confirm` is asked with the record before anything changes. */
  undo(
    run: string | undefined,
    options: RunScope & {
      readonly dryRun: boolean;
      readonly confirm: (record: RepairRecord) => Promise<boolean>;
    },
  ): Promise<UndoResult>;
  /** Runs of the scope, newest first; of a run on several namespaces only the part in the scope. */
  runs(scope: RunScope): Promise<readonly RepairRecord[]>;
  find(image: string, platforms: readonly string[]): Promise<Supply>;
  /** Asks a service for a copy of an image, and looks until it is there where that is wanted. */
  request(image: string, options: RequestOptions): Promise<RequestResult>;
  /** Every image that a source brings into pods; changes nothing, asks no registry. */
  images(source: ImageSource): Promise<ImageListing>;
  /** Names the images of manifests anew: planned, written in place and recorded, or written to a folder. */
  rewrite(paths: readonly string[], options: RewriteOptions): Promise<RewriteResult>;
  /** Names the images of what a kustomization makes anew: entries of `images:`, patches; proved by building it again. */
  rewriteKustomize(folder: string, options: RewriteOptions): Promise<RewriteResult>;
  /** The smallest values that move the images of a chart; writes nothing but a patched copy where one is asked for. */
  rewriteChart(options: ChartRewriteOptions): Promise<ChartRewrite>;
  /** Manifests with the names of the mirrors, for `helm --post-renderer`. */
  postRender(text: string): Promise<string>;
  /** Whether each image can be had, from where, and what fills the gaps; changes nothing. */
  preflight(source: PreflightSource, options: PreflightOptions): Promise<PreflightReport>;
  /** Mirrors that a cluster seems to use already; none is used before it is configured. */
  discover(options: DiscoverOptions): Promise<Discovery>;
  checkMirrors(names: readonly string[]): Promise<readonly CheckedMirror[]>;
  /** Makes on Harbors what the mirrors of these names need there, all for none; deletes nothing. */
  setUpMirrors(names: readonly string[], options: SetupOptions): Promise<SetupResult>;
  readonly mirrors: MirrorSet;
  /** Closes connections, so that the process can end. */
  close(): Promise<void>;
};

/** Machine-readable form of a result, as printed by `-o json|yaml`. */
export type Document = { readonly [key: string]: Json | undefined };
