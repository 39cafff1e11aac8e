export { imageRows as kubekeyRows, kubekeyVersions } from './images.data.ts';
export { imagesOfKubekey4, kubekey4Hosts, kubekey4Name, kubekey4Versions } from './v4/index.ts';
export { imagesOfKubekey, type KubekeyRun } from './images-of-kubekey.ts';
export { kubekeyName, registryBlock } from './naming.ts';
