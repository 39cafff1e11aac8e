import type { NodeLoadStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export { lackingLayers, readPlatformImage, type PlatformImage } from './image.ts';

export const nodeLoad: StepModule<NodeLoadStep> = { rights, vet, apply, undo, prove };
