import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { digestOf, parseAddress } from '../src/core/image/index.ts';
import { createCopier, type CopyReport } from '../src/flows/index.ts';
import { startFaultyRegistry, type FaultyRegistry } from './support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from './support/images.ts';
import { debianTools, peerTool, tool } from './support/peer-tools.ts';

/** skopeo of Debian, crane and regctl built from their Go modules. */
const wanted = process.env['PULLMEND_PEERS'] === '1';

describe.skipIf(!wanted)('layouts and archives with skopeo, crane and regctl (PULLMEND_PEERS=1)', () => {
  let registry: FaultyRegistry;
  let image: TestImage;
  let docker: TestImage;
  let home: string;
  let crane: string;
  let regctl: string;

  beforeAll(async () => {
    await debianTools('skopeo');
    [crane, regctl] = await Promise.all([peerTool('crane'), peerTool('regctl')]);
    registry = await startFaultyRegistry();
    image = await makeImage({ seed: 'layouts', layerBytes: 700_000 });
    docker = await makeImage({ seed: 'docker', layerBytes: 700_000, multiArch: false });
    await pushToStore(registry.store, 'acme/app', '1', image);
    await pushToStore(registry.store, 'acme/one', '1', docker);
    home = await mkdtemp(join(tmpdir(), 'pullmend-local-peers-'));
  }, 600_000);
  afterAll(async () => {
    await registry.close();
    await rm(home, { recursive: true });
  });

  async function copy(source: string, target: string): Promise<CopyReport> {
    const hosts = { [registry.authority]: { plainHttp: true } };
    const signal = new AbortController().signal;
    const copier = await createCopier({ env: {}, home, hosts, signal, onEvent: () => {} });
    try {
      const pairs = copier.pairs([parseAddress(source)], parseAddress(target));
      return await copier.copy(pairs, { platforms: [], dryRun: false });
    } finally {
      await copier.close();
    }
  }

  function remote(path: string): string {
    return `${registry.authority}/${path}`;
  }

  test('what is written here is read there', async () => {
    const [layout, archive] = [`oci:${home}/ours:v1`, `oci-archive:${home}/ours.tar:v1`];
    for (const place of [layout, archive]) {
      const { results } = await copy(remote('acme/app:1'), place);
      expect(results.map(({ digest }) => digest)).toEqual([image.digest]);
      const dir = join(home, `dir-${place.split(':', 1)[0]}`);
      await tool('skopeo', 'copy', '--all', place, `dir:${dir}`);
      expect(digestOf(await readFile(join(dir, 'manifest.json')))).toBe(image.digest);
    }
    const digest = await tool(regctl, 'image', 'digest', `ocidir://${home}/ours:v1`);
    expect(digest.trim()).toBe(image.digest);
    await tool(crane, 'push', join(home, 'ours'), remote('crane/app:1'), '--insecure', '--index');
    const [pushed] = (await registry.store.listTags('crane/app')) ?? [];
    expect(pushed).toBe('1');
    for (const blob of image.blobs.keys()) {
      expect(await registry.store.statBlob('crane/app', blob)).toBeDefined();
    }
  }, 120_000);

  test('what is written there is read here', async () => {
    const source = `docker://${remote('acme/app:1')}`;
    for (const place of [`oci:${home}/theirs:v1`, `oci-archive:${home}/theirs.tar:v1`]) {
      await tool('skopeo', 'copy', '--all', '--src-tls-verify=false', source, place);
      const { results } = await copy(place, remote(`back/${place.split(':', 1)[0]}:1`));
      expect(results.map(({ state, digest }) => [state, digest])).toEqual([['copied', image.digest]]);
    }
    await tool(
      regctl,
      '--host',
      `reg=${registry.authority},tls=disabled`,
      'image',
      'copy',
      remote('acme/app:1'),
      `ocidir://${home}/regctl:v1`,
    );
    const fromRegctl = await copy(`oci:${home}/regctl:v1`, remote('back/regctl:1'));
    expect(fromRegctl.results.map(({ digest }) => digest)).toEqual([image.digest]);
    await tool(crane, 'pull', remote('acme/app:1'), join(home, 'crane'), '--format', 'oci', '--insecure');
    const fromCrane = await copy(`oci:${home}/crane`, remote('back/crane:1'));
    expect(fromCrane.results.map(({ digest }) => digest)).toEqual([image.digest]);
  }, 120_000);

  test('docker archives go both ways', async () => {
    const { results } = await copy(remote('acme/one:1'), `docker-archive:${home}/ours-docker.tar`);
    expect(results.map(({ state }) => state)).toEqual(['copied']);
    const config = [...docker.blobs.keys()][0] ?? '';
    const shown = await tool(
      'skopeo',
      'inspect',
      '--config',
      '--raw',
      `docker-archive:${home}/ours-docker.tar`,
    );
    expect([...docker.blobs.keys()]).toContain(digestOf(Buffer.from(shown)));
    expect(config).not.toBe('');
    const source = `docker://${remote('acme/one:1')}`;
    const theirs = `docker-archive:${home}/theirs-docker.tar`;
    await tool('skopeo', 'copy', '--src-tls-verify=false', source, `${theirs}:acme/one:1`);
    const back = await copy(theirs, remote('back/docker:1'));
    expect(back.results.map(({ state }) => state)).toEqual(['copied']);
    const again = await tool(
      'skopeo',
      'inspect',
      '--tls-verify=false',
      '--config',
      '--raw',
      `docker://${remote('back/docker:1')}`,
    );
    const layers = (text: string) => (JSON.parse(text) as { rootfs: { diff_ids: string[] } }).rootfs.diff_ids;
    expect(layers(again)).toEqual(layers(shown));
    const tarball = join(home, 'crane.tar');
    await tool(crane, 'pull', remote('acme/one:1'), tarball, '--insecure');
    const fromCrane = await copy(`docker-archive:${tarball}`, remote('back/tarball:1'));
    expect(fromCrane.results.map(({ state }) => state)).toEqual(['copied']);
  }, 120_000);
});
