export { mirrorHosts, mirrorReference, originalReference } from './rename.ts';
export { outcomeError, outcomeOf } from './outcome-error.ts';
export { parseMirrorSet } from './parse.ts';
export { schemes, type Scheme } from './schemes.ts';
export { closestWord } from './closest.ts';
