export { imagesOfChart } from './chart-images.ts';
