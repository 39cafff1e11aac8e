import type {
  DefaultClassStep,
  EditFileStep,
  FieldChange,
  HelmUpgradeStep,
  Manager,
  ManagerRef,
  NodeAliasStep,
  NodeConfigStep,
  NodeLoadStep,
  PatchStep,
  RecreateStep,
  RemedyName,
  ReplacePodsStep,
  Replacement,
  UnmendedReason,
  Usage,
  Workload,
} from '../../../core/model/index.ts';
import type { PlanFacts } from '../facts.ts';
import type { Why } from '../unmended.ts';

/** A usage and what replaces its image. */
export type Mend = {
  readonly usage: Usage;
  readonly replacement: Replacement;
  /** No copy can be used, and this machine reads the image: why the usage is left alone where nodes cannot be given it. */
  readonly otherwise?: Why;
};

/** Nodes have the image, or are given it: its name stays, and only the pull policy changes. */
export function keepsName({ usage, replacement }: Mend): boolean {
  return replacement.with === usage.image;
}

/** A workload with everything that should change in it. */
export type Task = {
  readonly workload: Workload;
  readonly mends: readonly Mend[];
  /** Image, pull policy and pull secret changes of the workload, ready to be written. */
  readonly changes: readonly FieldChange[];
};

/** A step before the plan numbers it: `needs` counts from the first step of the same remedy. */
type Unnumbered<S> = Omit<S, 'id' | 'needs'> & { readonly needs: readonly number[] };
export type DraftStep =
  | Unnumbered<NodeAliasStep>
  | Unnumbered<PatchStep>
  | Unnumbered<ReplacePodsStep>
  | Unnumbered<RecreateStep>
  | Unnumbered<EditFileStep>
  | Unnumbered<HelmUpgradeStep>
  | Unnumbered<NodeConfigStep>
  | Unnumbered<NodeLoadStep>
  | Unnumbered<DefaultClassStep>;

/** What a remedy proposes: steps, or the reason why no safe one exists. */
export type Proposal =
  | {
      readonly ok: true;
      readonly steps: readonly DraftStep[];
      /** What it does nothing about: the next remedies are asked. */
      readonly rest?: readonly Mend[];
    }
  | {
      readonly ok: false;
      readonly reason: UnmendedReason;
      readonly detail?: string;
      readonly manager?: ManagerRef;
    };

/** How one kind of workload is mended in the object itself. */
export type ObjectRemedy = (task: Task) => Proposal;

/** A way to mend a workload, beside others. Pure: it reads the object as it was, and what was found out before. */
export type Remedy = {
  readonly name: RemedyName;
  /** `undefined`: it is no way for such a workload, and there is nothing to say about it. */
  readonly propose: (task: Task, facts: PlanFacts) => Proposal | undefined;
};

/** A change lasts, if only until the next release. */
const harmlessEffects: ReadonlySet<Manager['effect']> = new Set(['overwrites', 'gone', 'keeps']);

/** Who would put a change back, or may: nothing is changed then. */
export function keeperOf({ managers }: Workload): Manager | undefined {
  return managers.find(({ effect }) => !harmlessEffects.has(effect));
}

/** Why a kept object is left alone. */
export function keptBy({ effect, right, ...manager }: Manager): Proposal {
  if (effect === 'unreadable') return refuse('owner-unreadable', right);
  return { ok: false, reason: reasonOf(manager.by, effect), manager };
}

function reasonOf(by: Manager['by'], effect: Manager['effect']): UnmendedReason {
  if (by === 'deletion') return 'terminating';
  if (effect === 'elsewhere') return 'static-pod';
  if (by === 'writer') return 'reverted';
  return by === 'admission' ? 'admission' : 'managed';
}

export function refuse(reason: UnmendedReason, detail?: string): Proposal {
  return { ok: false, reason, ...(detail === undefined ? {} : { detail }) };
}
