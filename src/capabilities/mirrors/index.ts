export { checkMirrors, type CheckedMirror } from './check-mirrors.ts';
