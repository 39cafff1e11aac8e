import type { GatheredFacts } from './facts.ts';
import type {
  Inventory,
  MirrorSet,
  PullProblem,
  Reverted,
  Supply,
  Withdrawn,
} from '../../core/model/index.ts';

export type PlanOptions = {
  /** Use a copy whose digest differs from the original's. */
  readonly allowUnverified: boolean;
  /** Names of copies that a person said yes to, each by itself. */
  readonly accepted?: ReadonlySet<string>;
  /** Set this pull policy together with the image. */
  readonly pullPolicy?: 'IfNotPresent' | 'Always';
  /** Change settings of nodes where objects cannot be mended. */
  readonly nodeChanges?: boolean;
  /** Where helm takes the chart of a release from that lacks its sub-charts. */
  readonly releaseChart?: string;
};

export type PlanInput = {
  /** Name of the plan and of the run that carries it out, e.g. `r-7f3a`. */
  readonly name: string;
  /** ISO 8601; the plan itself knows no clock. */
  readonly createdAt: string;
  readonly inventory: Inventory;
  readonly problems: readonly PullProblem[];
  readonly supplies: readonly Supply[];
  readonly mirrors: MirrorSet;
  readonly options: PlanOptions;
  /** What was found out for remedies before. */
  readonly facts?: GatheredFacts;
  /** How many steps earlier plans of the same command have. */
  readonly stepsBefore?: number;
  /** Remedies that did not last: the next one is taken. */
  readonly withdrawn?: readonly Withdrawn[];
  /** Objects of which an earlier run was undone by somebody soon after it wrote, and by whom. */
  readonly reverted?: readonly Reverted[];
};
