import type { HelmUpgradeStep } from '../../core/model/index.ts';
import type { StepModule } from '../module.ts';
import { apply } from './apply.ts';
import { note } from './note.ts';
import { prove } from './prove.ts';
import { rights } from './rights.ts';
import { undo } from './undo.ts';
import { vet } from './vet.ts';

export { withChartFrom } from './chart.ts';
export { driftOf } from './drift.ts';
export { broughtBy, changesBetween } from './rendered.ts';
export { newestRevision } from './revisions.ts';
export { isOfImages } from './vet.ts';

export const helmUpgrade: StepModule<HelmUpgradeStep> = { rights, vet, note, apply, undo, prove };
