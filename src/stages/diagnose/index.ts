export { diagnose } from './diagnose.ts';
export { diagnoseFiles } from './diagnose-files.ts';
