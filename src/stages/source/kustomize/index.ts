export { imagesOfKustomization } from './kustomize-images.ts';
export { generatorsIn, sourceFiles as kustomizationFiles } from './source-files.ts';
