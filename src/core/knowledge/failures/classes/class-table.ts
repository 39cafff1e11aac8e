import type { FailureClass } from '../../../model/index.ts';
import { accessClasses } from './access.data.ts';
import type { ClassInfo } from './class-info.ts';
import { indirectClasses } from './indirect.data.ts';
import { nameClasses } from './name.data.ts';
import { networkClasses } from './network.data.ts';
import { nodeClasses } from './node.data.ts';
import { registryClasses } from './registry.data.ts';

/** What is known about each class. */
export const failureClassInfo: Readonly<Record<FailureClass, ClassInfo>> = {
  ...nameClasses,
  ...accessClasses,
  ...networkClasses,
  ...registryClasses,
  ...nodeClasses,
  ...indirectClasses,
};
