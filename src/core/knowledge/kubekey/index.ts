export { kubekeyVersions } from './images.data.ts';
export { imagesOfKubekey, type KubekeyRun } from './images-of-kubekey.ts';
export { kubekeyName } from './naming.ts';
