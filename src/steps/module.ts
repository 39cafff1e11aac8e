import type { Helm } from '../adapters/helm/index.ts';
import type { ImageRepository } from '../adapters/oci/index.ts';
import type { ObjectApi } from '../adapters/kube/index.ts';
import type { NodeOn } from '../access/index.ts';
import type { PullmendError } from '../core/base/index.ts';
import type {
  ChartSource,
  CopyImageStep,
  Json,
  JsonObject,
  NodeRestart,
  ObjectRef,
  Permission,
  PullSecretStep,
  Receipt,
  Step,
  UndoOutcome,
  Untried,
} from '../core/model/index.ts';
import type { Allowed } from './allowed.ts';
import type { Look } from './proof/index.ts';

/** The outside world, as far as steps know it. */
export type StepTools = {
  /** Errors: PM_PLAN_INVALID where no cluster belongs to the run. */
  readonly api: ObjectApi;
  readonly files: {
    read(path: string): Promise<{ readonly text: string; readonly sha256: string }>;
    write(path: string, text: string): Promise<void>;
  };
  /** Content of `.dockerconfigjson` for the one host of the step. */
  readonly dockerConfigJson: (step: PullSecretStep) => Promise<string>;
  /** Copies the image of this step; in a dry run asks whether that would work. */
  readonly copyImage: (step: CopyImageStep) => Promise<void>;
  /** Reads an image whole: its manifests and every blob, each with its digest. Throws when it cannot be had. */
  readonly readImage: (reference: string) => Promise<void>;
  /** Opens an image that this machine can read: on a registry, or in a folder or file. Errors: those of the work. */
  readonly withImage: <T>(
    source: string,
    work: (repository: ImageRepository, name: string) => Promise<T>,
  ) => Promise<T>;
  /** Objects of a kind in one namespace, or in all. */
  readonly list: (
    kind: string,
    where: { readonly namespace?: string; readonly labelSelector?: string; readonly fieldSelector?: string },
  ) => Promise<readonly JsonObject[]>;
  /** Enters a node for some work and leaves it again. Errors: PM_NODE_NOT_ENTERED; those of the work. */
  readonly onNode: <T>(node: string, work: (on: NodeOn) => Promise<T>) => Promise<T>;
  /** Errors: PM_HELM_MISSING. */
  readonly helm: () => Promise<Helm>;
  readonly signal: AbortSignal;
};

export type RunContext = StepTools & {
  readonly dryRun: boolean;
  /** Name of the run, written into what it creates. */
  readonly run: string;
};

export type UndoContext = RunContext & {
  /** Something of the run stays and may still need what this step made. */
  readonly stillNeeded: boolean;
  /** Writes down that the step is open again: called before something goes that only the record still has. */
  readonly reopen: () => Promise<void>;
};

export type { NodeOn } from '../access/index.ts';

/** What a step reports when it is done. */
export type StepResult = {
  readonly uid?: string;
  /** Pods that were ready before. */
  readonly ready?: number;
  /** Who owned the changed fields before. */
  readonly managers?: readonly JsonObject[];
  /** Why the object is as it was after all, though it had to be made anew for that. */
  readonly refused?: PullmendError;
};

/** What is written down of a step's object before anything changes. */
export type Noted = Pick<Receipt, 'ready' | 'managers'>;

export type ReceiptOf<S extends Step> = Receipt & { readonly step: S };

/** How the object came to be without what a step did. */
export type Lost = {
  readonly reason: 'overwritten' | 'created-anew';
  /** The field. */
  readonly detail?: string;
  /** The field manager that wrote last, and when (ISO 8601). */
  readonly by?: string;
  readonly at?: string;
};

/** What a step changes. */
export type Subject =
  | { readonly type: 'object'; readonly object: ObjectRef }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'copy'; readonly source: string; readonly target: string };

/** What is done to the subject; the command has the words. */
export type Action =
  | {
      readonly does: 'fields';
      readonly paths: readonly string[];
      /** As a person writes them, of an object from which others take images: `.spec.image`, a variable, a flag. */
      readonly settings?: readonly string[];
    }
  | { readonly does: 'delete-pods'; readonly pods: number }
  | {
      readonly does: 'upgrade-release';
      /** Paths of the values. */
      readonly values: readonly string[];
      readonly chart: ChartSource['from'];
    }
  | { readonly does: 'make-anew' }
  | { readonly does: 'give-secret'; readonly host: string }
  | { readonly does: 'copy'; readonly mirror: string }
  | { readonly does: 'edit'; readonly lines: readonly number[]; readonly places: number }
  | {
      readonly does: 'name-on-nodes';
      readonly nodes: readonly string[];
      readonly sources: readonly string[];
      readonly names: readonly string[];
    }
  | {
      readonly does: 'load-on-nodes';
      readonly nodes: readonly string[];
      readonly bytes: number;
      /** Some of these bytes go through the API server. */
      readonly throughApi: boolean;
    }
  /** A StorageClass becomes the default one for claims that wait, or is it no longer. */
  | { readonly does: 'mark-default'; readonly isDefault: boolean; readonly claims: number }
  | {
      readonly does: 'node-files';
      readonly node: string;
      readonly files: readonly string[];
      readonly mirrors: readonly string[];
      readonly restart: NodeRestart;
    };

/** One change as a diff shows it. */
export type DiffLine =
  | {
      readonly shows: 'field';
      /** Absent: the step's own object. */
      readonly object?: ObjectRef;
      readonly path: string;
      readonly before?: Json;
      readonly after?: Json;
    }
  /** Values that join those of a release. */
  | { readonly shows: 'values'; readonly release: ObjectRef; readonly values: JsonObject }
  | { readonly shows: 'delete'; readonly object: ObjectRef }
  | { readonly shows: 'secret'; readonly namespace: string; readonly host: string }
  | { readonly shows: 'copy'; readonly target: string; readonly digest: string }
  /** Lines of a file that go and come, as a unified diff has them. */
  | { readonly shows: 'lines'; readonly path: string; readonly lines: readonly string[] };

/** What a person sees of a step before it is carried out; data, no words. */
export type Preview = {
  readonly subject: Subject;
  readonly action: Action;
  readonly diff: readonly DiffLine[];
  /** How many changes it counts for. */
  readonly changes: number;
  /** Somebody's word is waited for after it is written: the kubelet's, or a registry's. */
  readonly waits: boolean;
};

/** One kind of step: everything that is known about it. */
export type StepModule<S extends Step> = {
  /** Every right that carrying it out takes, its record not counted. */
  readonly rights: (step: S) => readonly Permission[];
  /** Why a step like this mends no image, for plans that somebody may have edited; undefined when it does. */
  readonly vet: (step: S, allowed: Allowed) => string | undefined;
  /** Idempotent: a step that is done already succeeds again. Throws PullmendError; then nothing was changed. */
  readonly apply: (step: S, context: RunContext) => Promise<StepResult>;
  /** What its receipt must hold before it is begun: who is killed in the middle could not write it down any more. */
  readonly note?: (step: S, context: Pick<RunContext, 'api' | 'signal'>) => Promise<Noted>;
  /** Tries what it will ask for and changes nothing; tells what could not be tried. Throws what would refuse it. */
  readonly attempt?: (
    step: S,
    context: Pick<RunContext, 'api' | 'run' | 'signal'>,
  ) => Promise<readonly Untried[]>;
  /** Puts back what still is as this step left it; reports the rest. */
  readonly undo: (receipt: ReceiptOf<S>, context: UndoContext) => Promise<readonly UndoOutcome[]>;
  /** One look at what the step was for; `by-others`: the steps that need it prove it. */
  readonly prove: ((step: S, tools: StepTools) => Promise<Look>) | 'by-others';
  /** Who wrote over what the step did, in the object as it is now; undefined while it holds. */
  readonly lost?: (step: S, object: JsonObject) => Lost | undefined;
  /** Steps of different lanes that need nothing run side by side; without a lane a step runs alone. */
  readonly lane?: (step: S) => string;
  /** It is there for other steps only: when none of them is carried out, it is not either. */
  readonly servesOthers?: true;
};
