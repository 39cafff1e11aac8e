import type { ObjectApi } from '../../adapters/kube/index.ts';
import type { CopyImageStep, PullSecretStep, RecordStore } from '../../core/model/index.ts';

/** What carrying out steps needs from the outside world. */
export type ApplyDeps = {
  /** Absent when the plan edits files only. */
  readonly api?: ObjectApi;
  readonly files: {
    read(path: string): Promise<{ readonly text: string; readonly sha256: string }>;
    write(path: string, text: string): Promise<void>;
  };
  readonly records: RecordStore;
  /** Content of `.dockerconfigjson` for the one host of the step. */
  readonly dockerConfigJson: (step: PullSecretStep) => Promise<string>;
  /** Makes ready to copy these images; what it gives copies one, or in a dry run asks whether that would work. */
  readonly startCopies: (
    steps: readonly CopyImageStep[],
    options: { readonly dryRun: boolean },
  ) => (step: CopyImageStep) => Promise<void>;
  /** ISO 8601 time. */
  readonly now: () => string;
  readonly signal: AbortSignal;
};

/** What carrying out one step needs. */
export type StepDeps = Omit<ApplyDeps, 'startCopies'> & {
  readonly copyImage: (step: CopyImageStep) => Promise<void>;
};

/** What a step reports when it is done. */
export type StepResult = { readonly uid?: string; readonly note?: string };
