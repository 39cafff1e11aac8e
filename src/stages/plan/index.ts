export type { PlanInput, PlanOptions } from './input.ts';
export {
  builtKey,
  builtObjects,
  differences,
  generatorEdits,
  generatorFiles,
  hashMark,
  imageEntries,
  imageName,
  patchesFor,
  withoutHashes,
  type BuiltLeaf,
  type BuiltObjects,
  type KustomizePatch,
} from './kustomize/index.ts';
export { plan } from './plan.ts';
export { planRewrite, type RewriteChoice } from './rewrite.ts';
