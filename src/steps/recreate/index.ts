import type { RecreateStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply, attempt } from './apply.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const recreate: StepModule<RecreateStep> = {
  rights,
  vet,
  apply,
  attempt,
  undo,
  prove,
};
