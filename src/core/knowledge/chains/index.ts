export { claimsOf } from './claims.ts';
export { isCsiDriverPod, missingCsiDriver } from './csi-driver.ts';
export { isProvisionerPod, volumeNamed } from './provisioner.ts';
export { isShortOfPods } from './short-of-pods.ts';
export { defaultStorageClasses, storageClassFindings } from './storage-classes.ts';
export { webhookService } from './webhook.ts';
