export {
  builtKey,
  builtObjects,
  differences,
  hashMark,
  withoutHashes,
  type BuiltLeaf,
  type BuiltObjects,
} from './built.ts';
export { imageEntries, imageName } from './entries.ts';
export { generatorEdits, generatorFiles } from './generators.ts';
export { patchesFor, type KustomizePatch } from './patches.ts';
