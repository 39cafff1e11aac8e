export { imagesOfKustomization } from './kustomize-images.ts';
export { copyKustomization, rootOf } from './copy-files.ts';
export { generatorsIn, sourceFiles as kustomizationFiles } from './source-files.ts';
