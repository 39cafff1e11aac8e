export { claimsOf } from './claims.ts';
export { isProvisionerPod, volumeNamed } from './provisioner.ts';
export { isShortOfPods } from './short-of-pods.ts';
export { webhookService } from './webhook.ts';
