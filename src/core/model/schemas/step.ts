import * as z from 'zod';
import { copyImageStepSchema } from './steps/copy-image.ts';
import { defaultClassStepSchema } from './steps/default-class.ts';
import { editFileStepSchema } from './steps/edit-file.ts';
import { helmUpgradeStepSchema } from './steps/helm-upgrade.ts';
import { nodeConfigStepSchema } from './steps/node-config.ts';
import { nodeAliasStepSchema } from './steps/node-alias.ts';
import { nodeLoadStepSchema } from './steps/node-load.ts';
import { patchStepSchema } from './steps/patch.ts';
import { pullSecretStepSchema } from './steps/pull-secret.ts';
import { recreateStepSchema } from './steps/recreate.ts';
import { replacePodsStepSchema } from './steps/replace-pods.ts';

/**
 * The kinds of steps. A new one is a row here and a folder of the same name in src/steps, whose table does not
 * compile without it.
 */
const kinds = {
  patch: patchStepSchema,
  'replace-pods': replacePodsStepSchema,
  recreate: recreateStepSchema,
  'pull-secret': pullSecretStepSchema,
  'copy-image': copyImageStepSchema,
  'edit-file': editFileStepSchema,
  'helm-upgrade': helmUpgradeStepSchema,
  'node-alias': nodeAliasStepSchema,
  'node-config': nodeConfigStepSchema,
  'node-load': nodeLoadStepSchema,
  'default-class': defaultClassStepSchema,
} as const;

export type StepKind = keyof typeof kinds;
export type StepOf<K extends StepKind> = z.infer<(typeof kinds)[K]>;
export type Step = StepOf<StepKind>;

export const stepKinds = Object.keys(kinds) as readonly StepKind[];

export const stepSchema: z.ZodType<Step> = z.discriminatedUnion(
  'kind',
  Object.values(kinds) as unknown as [typeof kinds.patch],
);

export type { Expectation, Loss, NotByValues, Untried, ValuesRefusal } from './steps/common.ts';
export type { FieldChange, Follower, PatchStep } from './steps/patch.ts';
export type { ReplacePodsStep } from './steps/replace-pods.ts';
export type { RecreateStep } from './steps/recreate.ts';
export type { NodeAlias, NodeAliasStep } from './steps/node-alias.ts';
export type { NodeLoadStep } from './steps/node-load.ts';
export type { DefaultClassStep } from './steps/default-class.ts';
export type { PullSecretStep } from './steps/pull-secret.ts';
export type { CopyImageStep } from './steps/copy-image.ts';
export type { EditFileStep } from './steps/edit-file.ts';
export type { ChartSource, HelmUpgradeStep, ReleaseChange } from './steps/helm-upgrade.ts';
export type {
  NodeConfigStep,
  NodeMirror,
  NodeRestart,
  NodeSettings,
  RegistryMirrors,
} from './steps/node-config.ts';
