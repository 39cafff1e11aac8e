import type { PullSecretStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { aboutExpected } from '../on-object.ts';
import { apply } from './apply.ts';
import { preview } from './preview.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const pullSecret: StepModule<PullSecretStep> = {
  rights,
  preview,
  vet,
  about: aboutExpected,
  apply,
  undo,
  prove,
  servesOthers: true,
};
