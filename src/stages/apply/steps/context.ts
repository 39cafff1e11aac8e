import type { ObjectApi } from '../../../adapters/kube/index.ts';
import type { ApplyDeps } from '../deps.ts';

/** Everything a step is carried out with. */
export type StepContext = Omit<ApplyDeps, 'api'> & {
  readonly api: ObjectApi;
  readonly dryRun: boolean;
  /** Name of the run, written into what it creates. */
  readonly run: string;
};
