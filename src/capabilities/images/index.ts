export { listImages, type ImageSource } from './list-images.ts';
