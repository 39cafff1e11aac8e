export { chainsWithoutImage } from './chains.ts';
export { diagnose } from './diagnose.ts';
export { diagnoseFiles } from './diagnose-files.ts';
