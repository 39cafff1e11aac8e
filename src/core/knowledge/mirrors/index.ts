export { addMirrors } from './add-mirrors.ts';
export { collisions, isMirrored, mirrorHosts, mirrorReference, originalReference } from './rename.ts';
export { outcomeError, outcomeOf, type FailureFacts, type RegistryFailure } from './outcome-error.ts';
export { namingOf, type Naming } from './naming.ts';
export { needsPlace, presetMirrors, presets, type Preset, type PresetMirror } from './presets.ts';
export { parseMirrorSet } from './parse.ts';
export { matchedHosts, type Scheme } from './schemes.ts';
export { closestWord } from './closest.ts';
