import { expect, test } from 'vitest';
import { containerd } from '../../../test/support/ctr-node.ts';
import type { NodeOn } from '../../access/index.ts';
import type { NodeShell } from '../../adapters/node/index.ts';
import { chainIds, digestOf, mediaType } from '../../core/image/index.ts';
import type { PlatformImage } from '../../steps/index.ts';
import { lackingOn } from './lacking.ts';

const digest = (text: string) => digestOf(new TextEncoder().encode(text));
const layer = (text: string, size: number) => ({ mediaType: mediaType.ociLayer, digest: digest(text), size });
const top = { digest: digest('top'), mediaType: mediaType.ociIndex, bytes: new Uint8Array() };

function image(...layers: readonly (readonly [string, number])[]): PlatformImage {
  return {
    top,
    documents: [],
    layers: layers.map(([text, size]) => layer(text, size)),
    diffIds: layers.map(([text]) => digest(`${text} unpacked`)),
  };
}

/** A node with these blobs, unpacked layers and names. */
function nodeWith(content: string, names: Readonly<Record<string, string>> = {}): NodeOn {
  const rows = Object.entries(names).map(
    ([name, at]) => `${name} application/x ${at} 1.0 MiB linux/amd64 - `,
  );
  const shell: NodeShell = {
    access: 'debug-pod',
    close: async () => {},
    run: async (script) =>
      await Promise.resolve({
        stdout: script.includes('ctr images list') ? ['REF', ...rows].join('\n') : content,
        stderr: '',
        exit: 0,
      }),
  };
  return { shell, runtime: containerd, read: async () => await Promise.reject(new Error('not read')) };
}

const at = { node: 'node1', platform: 'linux/amd64' };
const wanted = (name: string, of: PlatformImage | undefined) => ({
  names: [name],
  digest: top.digest,
  image: of,
});

test('a base that one image brings is not counted for the next', async () => {
  const on = nodeWith('snapshotter overlayfs');
  const found = await lackingOn({ ...at, on }, [
    wanted('quay.io/a/web:1', image(['base', 100], ['web', 1])),
    wanted('quay.io/a/db:1', image(['base', 100], ['db', 2])),
  ]);
  expect(found).toMatchObject([
    { bytes: 101, layers: 2, size: 101, access: 'debug-pod', has: false },
    { bytes: 2, layers: 1, size: 102 },
  ]);
});

test('what is unpacked needs no blob, and a node that has the name and all layers lacks nothing', async () => {
  const [base = ''] = chainIds([digest('base unpacked')]);
  const on = nodeWith(`snapshotter overlayfs\nlayer ${base}\nblob ${digest('web')}`, {
    'quay.io/a/web:1': top.digest,
  });
  const [found] = await lackingOn({ ...at, on }, [
    wanted('quay.io/a/web:1', image(['base', 100], ['web', 1])),
  ]);
  expect(found).toMatchObject({ bytes: 0, layers: 0, has: true });
});

test('a name that leads to something else and a platform that the image has not are told for that image alone', async () => {
  const on = nodeWith('snapshotter overlayfs', { 'quay.io/a/web:1': digest('another') });
  const found = await lackingOn({ ...at, on }, [
    wanted('quay.io/a/web:1', image(['web', 1])),
    wanted('quay.io/a/arm:1', undefined),
    wanted('quay.io/a/db:1', image(['db', 2])),
  ]);
  expect(found).toMatchObject([
    { code: 'PM_NODE_LOAD_FAILED', params: { why: 'taken', name: 'quay.io/a/web:1' } },
    { code: 'PM_NODE_LOAD_FAILED', params: { why: 'no-platform', detail: 'linux/amd64' } },
    { bytes: 2 },
  ]);
});
