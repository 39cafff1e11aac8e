export { buildKustomization } from './build.ts';
