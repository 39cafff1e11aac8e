import { expect, test } from 'vitest';
import type { NodeShell } from '../shell.ts';
import { containerd, ctrNode } from '../../../../test/support/ctr-node.ts';
import { nameOnNodeNow, removeGivenName } from './remove.ts';

const name = 'docker.io/library/web:1';
const digest = `sha256:${'a'.repeat(64)}`;
const labels = 'pullmend.dev/run=r-9';

/** A node with one image, and a container of it in this state. */
function node(image: { labels?: string } | undefined, status?: string) {
  const images = image === undefined ? {} : { [name]: { digest, ...image } };
  const { shell, scripts } = ctrNode(images);
  const listing = `container k8s.io c1 ${name} io.containerd.runc.v2\n${status === undefined ? '' : `task k8s.io c1 7 ${status}`}`;
  const run: NodeShell['run'] = async (script, options) =>
    script.includes('containers ls')
      ? await Promise.resolve({ stdout: listing, stderr: '', exit: 0 })
      : await shell.run(script, options);
  return { shell: { ...shell, run }, images, scripts };
}

test.each([
  ['nobody gave', {}, undefined, 'not-ours'],
  ['is not there', undefined, undefined, 'absent'],
  ['a container has that runs', { labels }, 'RUNNING', 'in-use'],
])('a name that %s stays as it is', async (_, image, status, outcome) => {
  const { shell, images } = node(image, status);
  expect(await removeGivenName(shell, containerd, name)).toBe(outcome);
  expect(Object.keys(images)).toEqual(image === undefined ? [] : [name]);
});

test('a name that some run gave is looked at, and goes', async () => {
  const { shell, images } = node({ labels });
  expect(await nameOnNodeNow(shell, containerd, name)).toBe('given');
  expect(Object.keys(images)).toEqual([name]);
  expect(await removeGivenName(shell, containerd, name)).toBe('removed');
  expect(Object.keys(images)).toEqual([]);
});
