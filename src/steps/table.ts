import type { StepKind, StepOf } from '../core/model/index.ts';
import { copyImage } from './copy-image/index.ts';
import { defaultClass } from './default-class/index.ts';
import { editFile } from './edit-file/index.ts';
import { helmUpgrade } from './helm-upgrade/index.ts';
import type { StepModule } from './module.ts';
import { nodeAlias } from './node-alias/index.ts';
import { nodeConfig } from './node-config/index.ts';
import { nodeLoad } from './node-load/index.ts';
import { patch } from './patch/index.ts';
import { pullSecret } from './pull-secret/index.ts';
import { recreate } from './recreate/index.ts';
import { replacePods } from './replace-pods/index.ts';

/** All kinds of steps. A kind that is in the model and not here does not compile. */
export const modules: { readonly [K in StepKind]: StepModule<StepOf<K>> } = {
  patch,
  recreate,
  'replace-pods': replacePods,
  'pull-secret': pullSecret,
  'copy-image': copyImage,
  'edit-file': editFile,
  'helm-upgrade': helmUpgrade,
  'node-alias': nodeAlias,
  'node-config': nodeConfig,
  'node-load': nodeLoad,
  'default-class': defaultClass,
};
