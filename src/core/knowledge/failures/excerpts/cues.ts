import { anyOf } from '../any-of.ts';

/** Waiting reasons that are about an image (kubernetes pkg/kubelet/images/types.go, cri-api pkg/errors). */
export const pullReasons =
  'ErrImagePull|ImagePullBackOff|InvalidImageName|ImageInspectError|ErrImageNeverPull|RegistryUnavailable|SignatureValidationFailed';

/** A pull that failed, in the words of the kubelet, of vendors and of consoles. */
const failedPull = anyOf(
  new RegExp(pullReasons, 'i'),
  /\bBack-off pulling image\b/i,
  /\b(?:failed|unable|cannot|can't|could ?n[o']t|could not) (?:to )?(?:pull|fetch|download|inspect) (?:the )?(?:container |docker |image|")/i,
  /\b(?:could not|unable to|failed to|error|cannot) pull(?:ing)? [\w.-]{1,253}[/:]/i,
  /\b(?:error|failed) (?:pulling|fetching) image\b/i,
  /\btrying and failing to pull image\b|\bimage can't be pulled\b/i,
  /\bimage pull (?:has )?failed\b|\bpull(?:ing)? (?:of )?(?:the )?image .{0,200}\bfailed\b/i,
  /拉取镜像失败|镜像拉取失败|拉取失败|获取镜像失败/i,
);

/** Words by which a line of a log gives itself away as being about an image that does not arrive. */
export const cue = anyOf(
  failedPull,
  /\bfailed to (?:pull|inspect|resolve (?:reference|image)|apply default image|get (?:sandbox|runtime) image|register layer|extract layer|provision volume|authorize|copy)\b/i,
  /\bPullImage\b|\bcancel pulling image\b|\bpulling from host\b|\bpull access denied\b|\bpull QPS exceeded\b/i,
  /\bError response from daemon\b|\bError pulling image\b|\berrors? occurred while pulling\b|\bcontinuing with pull\b|\bendpoint for pull\b/i,
  // kaniko, crane and others with go-containerregistry.
  /\berror building image: |\b(?:GET|HEAD) https?:\/\/[^\s"]{1,300}(?:\/v2\/|\/token\b|\/auth\b)[^\s"]{0,400}: /i,
  /\berror parsing HTTP\b|\bimage [\w./-]{1,255}:[\w.-]{1,128} not found\b/i,
  /\bmanifest unknown\b|\bmanifest for \S{1,300} not found\b|\bno matching manifest\b|\btoomanyrequests\b|\bimages\/create\b/i,
  /\binitializing source docker:|\bpinging container registry\b|\breading manifest\b|\bv2 registry\b|\btrying next host\b/i,
  /\bpull secrets?\b|\bcredential provider plugin\b|\bimage verifier\b|\bSource image rejected\b/i,
  /\bINSTALLATION FAILED\b|\bUPGRADE FAILED\b|\bhooks? failed\b|\bfailed calling webhook\b|\brelease \S{1,100} failed\b/i,
  /\bno storage class is set\b|\bunbound immediate PersistentVolumeClaims\b|\blist of registered CSI drivers\b/i,
  /\bdial unix \S{1,200}(?:containerd|crio|docker)\S{0,40}\.sock\b/i,
  /\bNetworkPluginNotReady\b|\bcni (?:plugin not initialized|config uninitialized)\b/i,
  /\bfailed to load plugin io\.containerd\.\S{0,20}cri\b|\binvalid plugin config\b|\bunknown service runtime\.v1/i,
  /\berror unpacking image\b|\bfailed to (?:extract layer|unpack image)\b/i,
  /\bPull(?:ing|ed) image:? |\bDownloaded newer image for\b|\bImage is up to date for\b/i,
);

/** Reasons of Events that are told when something goes well, or of something else. */
const quietReasons =
  /^(?:Scheduled|Pulling|Pulled|Created|Started|Killing|Preempted|Preempting|SuccessfulCreate|SuccessfulDelete|ScalingReplicaSet|Completed|Unhealthy|NodeReady|RegisteredNode|Rebooted|Sync|Resync|AddedInterface)$/;
/** The kubelet's own for images. */
const imageReasons = /^(?:InspectFailed|ErrImageNeverPull|InvalidImageName|FailedToRetrieveImagePullSecret)$/;

/** `Failed` and `BackOff` are said of crashes too (kubernetes pkg/kubelet/events/event.go). */
const aboutImages = new RegExp(String.raw`\bpull|\bimages?\b|${pullReasons}`, 'i');

/** Is this Event about an image, or about something that may wait for one? Vendors rename reasons: the text decides. */
export function isTelling(reason: string, message: string): boolean {
  if (quietReasons.test(reason)) return false;
  if (reason === 'Failed' || reason === 'BackOff') return aboutImages.test(message);
  return imageReasons.test(reason) || indirectReason.test(reason) || cue.test(message);
}

/** Reasons of Events about other objects than a container; of use only when their text is understood. */
export const indirectReason =
  /^(?:FailedScheduling|FailedMount|FailedAttachVolume|FailedBinding|Provisioning\w+|ExternalProvisioning|NetworkNotReady|NodeNotReady|FailedCreate|FailedCreatePodSandBox|ImageGCFailed|FreeDiskSpaceFailed)$/;

/** Does the text itself say that a pull failed? */
export function isFailedPull(message: string): boolean {
  return failedPull.test(message);
}
