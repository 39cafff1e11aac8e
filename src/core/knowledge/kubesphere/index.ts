export { configuresInstaller } from './configuration.ts';
export { imageRows as installerRows, installerVersions } from './images.data.ts';
export { imagesOfInstaller } from './ks-installer.ts';
export { installerName } from './naming.ts';
