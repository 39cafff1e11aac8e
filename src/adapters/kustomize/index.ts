export { buildKustomization, type BuildOptions } from './build.ts';
