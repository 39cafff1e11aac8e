import type { EditFileStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { about, preview } from './preview.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const editFile: StepModule<EditFileStep> = {
  rights,
  preview,
  vet,
  about,
  apply,
  undo,
  prove,
  lane: ({ file }) => file,
};
