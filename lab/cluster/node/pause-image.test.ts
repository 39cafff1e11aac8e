import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { unpackTar } from 'modern-tar';
import { expect, test } from 'vitest';
import { packPauseImage } from './pause-image.ts';

/** Any file does: nothing here runs it. */
const program = fileURLToPath(import.meta.url);

test('is a docker-archive whose config names the layer by its real digest', async () => {
  const entries = await unpackTar(await packPauseImage(program));
  const read = (name: string): Uint8Array => {
    const entry = entries.find(({ header }) => header.name === name);
    return entry?.data ?? new Uint8Array();
  };
  const json = (name: string): unknown => JSON.parse(Buffer.from(read(name)).toString());
  const [image] = json('manifest.json') as [{ Config: string; Layers: string[]; RepoTags: string[] }];
  const config = json(image.Config) as { rootfs: { diff_ids: string[] } };
  const layer = read(image.Layers[0] ?? '');

  expect(image.RepoTags).toEqual(['registry.k8s.io/pause:3.10']);
  expect(config.rootfs.diff_ids).toEqual([`sha256:${createHash('sha256').update(layer).digest('hex')}`]);
  const [file] = await unpackTar(layer);
  expect(file?.header).toMatchObject({ name: 'pause', mode: 0o755 });
});

test('the same program always gives the same bytes', async () => {
  expect(await packPauseImage(program)).toEqual(await packPauseImage(program));
});
