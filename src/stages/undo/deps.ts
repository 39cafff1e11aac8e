import type { ObjectApi } from '../../adapters/kube/index.ts';
import type { RecordStore } from '../../core/model/index.ts';

/** What taking a run back needs from the outside world. */
export type UndoDeps = {
  /** Absent when the run edited files only. */
  readonly api?: ObjectApi;
  readonly files: {
    read(path: string): Promise<{ readonly text: string; readonly sha256: string }>;
    write(path: string, text: string): Promise<void>;
  };
  readonly records: RecordStore;
  /** ISO 8601 time. */
  readonly now: () => string;
};
