import { anyOf } from '../any-of.ts';

/** Waiting reasons that are about an image (kubernetes pkg/kubelet/images/types.go, cri-api pkg/errors). */
export const pullReasons =
  'ErrImagePull|ImagePullBackOff|InvalidImageName|ImageInspectError|ErrImageNeverPull|RegistryUnavailable|SignatureValidationFailed';

/** Words by which a line of a log gives itself away as being about an image that does not arrive. */
export const cue = anyOf(
  new RegExp(pullReasons, 'i'),
  /\bfailed to (?:pull|inspect|resolve (?:reference|image)|apply default image|get sandbox image|register layer|extract layer|provision volume|authorize|copy)\b/i,
  /\bPullImage\b|\bcancel pulling image\b|\bpulling from host\b|\bpull access denied\b|\bpull QPS exceeded\b/i,
  /\bError response from daemon\b|\bError pulling image\b|\berrors? occurred while pulling\b|\bcontinuing with pull\b|\bendpoint for pull\b/i,
  /\bmanifest unknown\b|\bmanifest for \S{1,300} not found\b|\bno matching manifest\b|\btoomanyrequests\b|\bimages\/create\b/i,
  /\binitializing source docker:|\bpinging container registry\b|\breading manifest\b|\bv2 registry\b|\btrying next host\b/i,
  /\bpull secrets?\b|\bcredential provider plugin\b|\bimage verifier\b|\bSource image rejected\b/i,
  /\bINSTALLATION FAILED\b|\bUPGRADE FAILED\b|\bhooks? failed\b|\bfailed calling webhook\b|\brelease \S{1,100} failed\b/i,
  /\bno storage class is set\b|\bunbound immediate PersistentVolumeClaims\b|\blist of registered CSI drivers\b/i,
  /\bdial unix \S{1,200}(?:containerd|crio|docker)\S{0,40}\.sock\b/i,
  /\bNetworkPluginNotReady\b|\bcni (?:plugin not initialized|config uninitialized)\b/i,
);

/** Reasons of Events that are worth reading; all others tell of something else. */
const eventReasons =
  /^(?:Failed|BackOff|InspectFailed|ErrImageNeverPull|InvalidImageName|FailedToRetrieveImagePullSecret|FailedCreatePodSandBox|FailedScheduling|FailedMount|FailedAttachVolume|FailedBinding|ProvisioningFailed|ExternalProvisioning|NetworkNotReady|NodeNotReady|FailedCreate|ImageGCFailed|FreeDiskSpaceFailed)$/;

/** `Failed` and `BackOff` are said of crashes too (kubernetes pkg/kubelet/events/event.go). */
const aboutImages = new RegExp(String.raw`\bpull|\bimages?\b|${pullReasons}`, 'i');

/** Is this Event about an image, or about something that may wait for one? */
export function isTelling(reason: string, message: string): boolean {
  if (!eventReasons.test(reason)) return false;
  return (reason !== 'Failed' && reason !== 'BackOff') || aboutImages.test(message);
}

/** Reasons of Events about other objects than a container; of use only when their text is understood. */
export const indirectReason =
  /^(?:FailedScheduling|FailedMount|FailedAttachVolume|FailedBinding|Provisioning\w+|ExternalProvisioning|NetworkNotReady|NodeNotReady|FailedCreate|FailedCreatePodSandBox|ImageGCFailed|FreeDiskSpaceFailed)$/;
