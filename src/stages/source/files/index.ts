export { fromFiles } from './from-files.ts';
export { imagesIn } from './images-in.ts';
export { listManifests, manifestsBelow } from './list-manifests.ts';
