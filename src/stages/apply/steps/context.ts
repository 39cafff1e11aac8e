import type { ObjectApi } from '../../../adapters/kube/index.ts';
import type { StepDeps } from '../deps.ts';

/** Everything a step is carried out with. */
export type StepContext = Omit<StepDeps, 'api'> & {
  readonly api: ObjectApi;
  readonly dryRun: boolean;
  /** Name of the run, written into what it creates. */
  readonly run: string;
};
