import type { CopyImageStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { about, preview } from './preview.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const copyImage: StepModule<CopyImageStep> = {
  rights,
  preview,
  vet,
  about,
  apply,
  undo,
  prove,
  servesOthers: true,
};
