export { mirrorHosts, mirrorReference, originalReference } from './rename.ts';
export { outcomeError, outcomeOf, type FailureFacts, type RegistryFailure } from './outcome-error.ts';
export { parseMirrorSet } from './parse.ts';
export type { Scheme } from './schemes.ts';
export { closestWord } from './closest.ts';
