import type { DefaultClassStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { patch } from '../patch/index.ts';
import { apply } from './apply.ts';
import { asPatch } from './as-patch.ts';
import { lost } from './lost.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const defaultClass: StepModule<DefaultClassStep> = {
  rights,
  vet,
  note: async (step, context) => (await patch.note?.(asPatch(step), context)) ?? {},
  apply,
  undo,
  prove,
  lost,
};
