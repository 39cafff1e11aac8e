export { claimsOf } from './claims.ts';
export { isCsiDriverPod, missingCsiDriver } from './csi-driver.ts';
export {
  hookOf,
  mayBeOfRelease,
  releaseOf,
  releaseRef,
  releaseSecrets,
  unfinishedReleases,
  type HelmRelease,
} from './helm-release.ts';
export { endDefault, isOfMark, makeDefault } from './default-class.ts';
export { isFailure } from './findings.ts';
export { installerDone, installerPods } from './installers.ts';
export { isProvisionerPod, volumeNamed } from './provisioner.ts';
export { refusalIn, refuserWords } from './refusal.ts';
export { isShortOfPods } from './short-of-pods.ts';
export { defaultStorageClasses, storageClassFindings } from './storage-classes.ts';
export { webhookService } from './webhook.ts';
