import { inNode } from '../../cluster/index.ts';
import { runToEnd } from './process.ts';

/** An image that a node has, and how it came to its name. */
export type Placed = { readonly image: string; readonly from: string; readonly only?: 'tagged' | undefined };

/** Numbers of the lab's nodes, as `inNode` takes them. */
export const NODE_NUMBERS = [1, 2] as const;

const CTR = ['ctr', '--namespace', 'k8s.io'];

/**
 * Removes from a node the images whose last path part is one of these, whichever host, project, tag or digest
 * they are named by, with their content: a later pull asks for every blob again.
 */
export async function removeImages(
  node: number,
  lastParts: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const [, ...rows] = (await runToEnd(inNode(node, [...CTR, 'images', 'ls']), { signal }))
    .trimEnd()
    .split('\n');
  const images = rows.map((row) => row.split(/\s+/)).map(([name = '', , digest = '']) => ({ name, digest }));
  const ours = images.filter(({ name }) => lastParts.includes(lastPart(name)));
  const digests = ours.map(({ digest }) => digest);
  // The runtime also keeps each image under the digest of its configuration, and the content with it.
  const unnamed = images.filter(({ name, digest }) => name.startsWith('sha256:') && digests.includes(digest));
  const names = [...ours, ...unnamed].map(({ name }) => name);
  if (names.length > 0)
    await runToEnd(inNode(node, [...CTR, 'images', 'rm', '--sync', ...names]), { signal });
}

/**
 * Pulls `from` on a node and names it `image` there, by tag and by digest, as if it had been pulled so; `only: tagged`
 * as somebody does who tags it by hand.
 */
export async function placeImage(
  node: number,
  { image, from, only }: Placed,
  signal: AbortSignal,
): Promise<void> {
  await runToEnd(inNode(node, [...CTR, 'images', 'pull', from]), { signal });
  if (image === from) return;
  const row = await runToEnd(inNode(node, [...CTR, 'images', 'ls', `name==${from}`]), { signal });
  const digest = /sha256:[0-9a-f]{64}/.exec(row)?.[0] ?? '';
  const pulled = only === 'tagged' ? from : image;
  const byDigest = `${pulled.slice(0, pulled.lastIndexOf(':'))}@${digest}`;
  await runToEnd(inNode(node, [...CTR, 'images', 'tag', '--force', from, image, byDigest]), { signal });
  if (only !== 'tagged') await runToEnd(inNode(node, [...CTR, 'images', 'rm', from]), { signal });
}

/** `quay.io/acme/web:1.0@sha256:…` → `web`. */
export function lastPart(reference: string): string {
  const [path = ''] = reference.split('@');
  return path.slice(path.lastIndexOf('/') + 1).replace(/:.*$/, '');
}
