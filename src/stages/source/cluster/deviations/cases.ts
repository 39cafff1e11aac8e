import type { DeviationKind } from '../../../../core/model/index.ts';
import type { OwnedPod } from '../workloads.ts';

/** A failing container whose image is not that of a template which a person could change. */
export type Case = {
  readonly owned: OwnedPod;
  readonly surface: OwnedPod['pod']['failing'][number];
  readonly kind: DeviationKind;
};
