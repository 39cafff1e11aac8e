import { found, type Found } from './found.ts';

/** An image that is there now: kubelet, containerd, CRI-O, docker, crictl and kubeadm. */
const arrived: readonly RegExp[] = [
  /^Successfully pulled image "([^"\s]{1,512})"/,
  /^(?:Container|Image) (?:image )?"([^"\s]{1,512})" already present on machine/,
  /^PullImage \\*"([^"\\\s]{1,512})\\*" returns image reference\b/,
  /^Pulled image: ([^\s"]{1,512})/,
  /^Status: (?:Downloaded newer image|Image is up to date) for ([^\s"]{1,512})/,
  /^\[config\/images\] Pulled ([^\s"]{1,512})/,
  // minikube took its base image from another registry.
  /^! minikube was unable to download ([^\s",]{1,512}), but successfully downloaded /,
];
const begun: readonly RegExp[] = [
  /^PullImage \\*"([^"\\\s]{1,512})\\*"$/,
  /^Pulling image:? "?([^\s"]{1,512})"?$/,
  /^Trying to pull ([^\s"]{1,500}?)(?:\.\.\.)?$/,
  /^downloading image: (\S{1,512})$/,
];
const assigned = /^Successfully assigned (?:([a-z0-9-]{1,63})\/)?([a-z0-9.-]{1,253}) to (\S{1,253})$/;

/** crictl names what it pulled by its digest alone. */
const arrivedByDigest = /^Image is up to date for sha256:[0-9a-f]{64}$/;

/**
 * What a text tells besides failures: that an image is there, or that its pull begins.
 *
 * @param pulling the image that the command before it pulls.
 */
export function goodNews(message: string, pulling?: string): Found | undefined {
  const image = arrivedByDigest.test(message) ? pulling : firstImage(arrived, message);
  if (image !== undefined) return found({ message, image, tells: 'pulled' });
  const started = firstImage(begun, message);
  return started === undefined ? undefined : found({ message, image: started, tells: 'started' });
}

/** Pod and node of the scheduler's Event. */
export function placement(
  message: string,
): { readonly namespace?: string; readonly pod: string; readonly node: string } | undefined {
  const [, namespace, pod, node] = assigned.exec(message) ?? [];
  if (pod === undefined || node === undefined) return undefined;
  return { pod, node, ...(namespace !== undefined && { namespace }) };
}

function firstImage(patterns: readonly RegExp[], message: string): string | undefined {
  for (const pattern of patterns) {
    const image = pattern.exec(message)?.[1];
    if (image !== undefined) return image;
  }
  return undefined;
}
