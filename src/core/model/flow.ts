import type { PullmendError } from '../base/index.ts';
import type {
  Candidate,
  Chain,
  ClusterFinding,
  ClusterIdentity,
  Json,
  Prediction,
  PullProblem,
  ReachReport,
  RepairPlan,
  RepairRecord,
  Selection,
  Step,
  Supply,
  UndoOutcome,
  UnreadableRecord,
  Verdict,
  Withdrawn,
} from './index.ts';

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
  | {
      readonly type: 'cluster';
      readonly cluster: ClusterIdentity;
      readonly nodes: number;
      /** The one that is looked at; absent: all. */
      readonly namespace?: string;
    }
  | {
      readonly type: 'problems';
      readonly problems: readonly PullProblem[];
      readonly seconds: number;
      /** Of a cluster: how many were looked at. */
      readonly pods?: number;
      /** Something does not start although no image fails. */
      readonly othersWait?: boolean;
    }
  | { readonly type: 'probing'; readonly done: number; readonly total: number; readonly image: string }
  | { readonly type: 'supplied'; readonly supplies: readonly Supply[]; readonly seconds: number }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'planned'; readonly plan: RepairPlan }
  /** A way in place of one that did not last. */
  | { readonly type: 'planned-instead'; readonly plan: RepairPlan }
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
  | {
      readonly type: 'verifying';
      readonly step: Step;
      readonly proved: number;
      readonly expected: number;
      /** Why pods do not start that no image keeps. */
      readonly others: readonly string[];
    }
  | { readonly type: 'verdict'; readonly step: Step; readonly verdict: Verdict }
  | { readonly type: 'rolled-back'; readonly step: Step; readonly outcomes: readonly UndoOutcome[] };

/** Something beside the work that a person should know. */
export type Notice =
  | { readonly what: 'unreadable-record'; readonly record: UnreadableRecord }
  /** Runs on files are all that is known. */
  | { readonly what: 'cluster-away'; readonly reason: string }
  | { readonly what: 'records-pruned'; readonly runs: readonly string[] }
  /** Nobody gets onto it, or its files are broken. */
  | { readonly what: 'node-not-told'; readonly node: string; readonly reason: string }
  /** It cannot be given images that this machine reads. */
  | { readonly what: 'node-not-given'; readonly node: string; readonly reason: string };

export type OnEvent = (event: MendEvent) => void;

export type PlanOptions = {
  /** Use a copy whose digest differs from the original's. */
  readonly allowUnverified: boolean;
  /** Set this pull policy together with the image. */
  readonly pullPolicy?: 'IfNotPresent' | 'Always';
  /** Asked for each image of which only a public mirror has a copy, one that nothing proves; absent: nobody can answer. */
  readonly confirmCopy?: (image: string, copy: Candidate) => Promise<boolean>;
  /** Change settings of nodes where objects cannot be mended; nodes with failing pods are entered to plan it. */
  readonly nodeChanges?: boolean;
  /** Folder, archive or name: where helm takes the chart of a release from that lacks its sub-charts. */
  readonly releaseChart?: string;
  /** What the plan is about; the rest is left alone, and said. Absent or empty: everything. */
  readonly only?: readonly Selection[];
  /** A plan with more changes is refused. */
  readonly maxChanges?: number;
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
  /** A plan with more changes is refused before anybody is asked. */
  readonly maxChanges?: number;
};

export type DiagnoseResult = {
  readonly cluster?: ClusterIdentity;
  readonly problems: readonly PullProblem[];
  /** What waits for something that no failing image explains. */
  readonly chains?: readonly Chain[];
  /** What is wrong with the cluster itself. */
  readonly findings?: readonly ClusterFinding[];
  /** Rights that were missing to read all of it, e.g. `list nodes`. */
  readonly unread?: readonly string[];
  readonly reach?: ReachReport;
  readonly prediction?: Prediction;
  /** Of a snapshot: when it was taken, ISO 8601. */
  readonly takenAt?: string;
};

export type PlanResult = DiagnoseResult & {
  readonly supplies: readonly Supply[];
  readonly plan: RepairPlan;
};

/**
 * `planned`: nobody was asked; `dry-run`: the API server accepted every write without carrying it out; `declined`: the
 * user said no.
 */
export type ApplyOutcome = 'nothing-to-do' | 'planned' | 'dry-run' | 'declined' | 'applied';

export type ApplyResult = {
  readonly outcome: ApplyOutcome;
  readonly record?: RepairRecord;
  readonly verdicts: readonly Verdict[];
  /** Steps that failed at the write, by id. */
  readonly errors: Readonly<Record<string, PullmendError>>;
  /** Steps taken back because they were not proved, by id. */
  readonly rolledBack: readonly string[];
};

/** Of several runs, where something did not last: everything that was planned and holds, and the record of the last. */
export type FixResult = PlanResult &
  ApplyResult & {
    /** Runs before the last, the oldest first. */
    readonly earlier?: readonly Attempt[];
  };

/** A run of which something did not last, and what was withdrawn for that. */
export type Attempt = { readonly record: RepairRecord; readonly withdrawn: readonly Withdrawn[] };

export type UndoResult = { readonly record: RepairRecord; readonly outcomes: readonly UndoOutcome[] };

/** Which runs are meant when none is named: those that changed something there. */
export type RunScope = {
  /** Absent: the namespace of the kubeconfig's context, and runs on files. */
  readonly namespace?: string;
  readonly allNamespaces: boolean;
};

/** Machine-readable form of a result, as printed by `-o json|yaml`. */
export type Document = { readonly [key: string]: Json | undefined };
