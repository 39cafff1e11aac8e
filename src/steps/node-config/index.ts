import type { NodeConfigStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export const nodeConfig: StepModule<NodeConfigStep> = {
  rights,
  vet,
  apply,
  undo,
  prove,
  lane: ({ node }) => `Node/${node}`,
};
