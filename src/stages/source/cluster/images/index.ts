export { imagesOfCluster, type ListScope } from './cluster-images.ts';
export { imagesOfNode } from './node-images.ts';
