import type { PatchStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { lost } from './lost.ts';
import { note } from './note.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const patch: StepModule<PatchStep> = {
  rights,
  vet,
  note,
  apply,
  undo,
  prove,
  lost,
};
