export { kubekey4Versions } from './images.data.ts';
export { imagesOfKubekey4 } from './images-of-kubekey-4.ts';
export { hostKeys as kubekey4Hosts, kubekey4Name } from './naming.ts';
