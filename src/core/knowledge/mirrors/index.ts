export { addMirrors } from './add-mirrors.ts';
export { collisions, isMirrored, mirrorHosts, mirrorReference, originalReference } from './rename.ts';
export { outcomeError, outcomeOf, type FailureFacts, type RegistryFailure } from './outcome-error.ts';
export { isInCopyProject, originalOf, publicOriginal, type KnownOriginal } from './original.ts';
export { namingOf, type Naming } from './naming.ts';
export type { Preset, PresetMirror } from './preset.ts';
export { isPublicMirror } from './public-mirror.ts';
export { needsPlace, presetMirrors, presets } from './presets.ts';
export { parseMirrorSet } from './parse.ts';
export { matchedHosts, prefixOf, type Scheme } from './schemes.ts';
export {
  copyName,
  discoverMirrors,
  isOriginal,
  isOriginalName,
  kubeSphereMirrors,
  kubeadmMirrors,
  kubekeyMirrors,
  presetsOnHost,
  runtimeMirrors,
  type ClusterImages,
  type ConfiguredMirror,
  type Confidence,
  type MirrorEvidence,
  type ProposedMirror,
  type RouteOfNode,
} from './discover/index.ts';
