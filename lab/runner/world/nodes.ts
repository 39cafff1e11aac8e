import { inNode } from '../../cluster/index.ts';
import { runToEnd } from './process.ts';

/** Numbers of the lab's nodes, in the order of `inNode`. */
export const NODE_NUMBERS = [1, 2] as const;

const CTR = ['ctr', '--namespace', 'k8s.io'];
/** `crictl` and kubelet see an image under its full names only; names like `sha256:…` are the runtime's own. */
const OWN_NAME = /^sha256:/;

/** Removes the images of these repositories from a node, whichever host, tag or digest they are named by. */
export async function removeImages(node: number, repositories: readonly string[], signal: AbortSignal): Promise<void> {
  const names = (await runToEnd(inNode(node, [...CTR, 'images', 'ls', '-q']), { signal })).split('\n');
  const ours = names.filter((name) => !OWN_NAME.test(name) && repositories.some((path) => holds(name, path)));
  if (ours.length > 0) await runToEnd(inNode(node, [...CTR, 'images', 'rm', '--sync', ...ours]), { signal });
}

/** Pulls `from` on a node and names it `image` there. */
export async function placeImage(node: number, image: string, from: string, signal: AbortSignal): Promise<void> {
  await runToEnd(inNode(node, [...CTR, 'images', 'pull', from]), { signal });
  if (image !== from) {
    await runToEnd(inNode(node, [...CTR, 'images', 'tag', '--force', from, image]), { signal });
    await runToEnd(inNode(node, [...CTR, 'images', 'rm', from]), { signal });
  }
}

function holds(name: string, repository: string): boolean {
  return name.includes(`/${repository}:`) || name.includes(`/${repository}@`);
}
