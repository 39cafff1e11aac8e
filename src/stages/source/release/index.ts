export { imagesOfRelease } from './release-images.ts';
