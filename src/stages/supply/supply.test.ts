import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../test/support/images.ts';
import { createRegistryClient, type RegistryClient } from '../../adapters/oci/index.ts';
import { isError } from '../../core/base/index.ts';
import { parseMirrorSet } from '../../core/knowledge/mirrors/index.ts';
import type { MirrorSet } from '../../core/model/index.ts';
import { checkMirror } from './check-mirror.ts';
import { supply } from './supply.ts';
import { type ProbeImage } from './host-queues.ts';

const platforms = ['linux/amd64', 'linux/arm64'];

let hub: FaultyRegistry;
let near: FaultyRegistry;
let far: FaultyRegistry;
let client: RegistryClient;
let mirrors: MirrorSet;

beforeEach(async () => {
  [hub, near, far] = await Promise.all([startFaultyRegistry(), startFaultyRegistry(), startFaultyRegistry()]);
  const at = ({ port }: FaultyRegistry) => ({ plainHttp: true, dial: { host: '127.0.0.1', port } });
  const hosts = { 'docker.io': at(hub), 'near.test': at(near), 'far.test': at(far) };
  client = createRegistryClient({ hosts, limits: { retries: 0 } });
  mirrors = parseMirrorSet(
    `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: near, scheme: harbor-library, at: near.test/library }
  - { name: far, scheme: prefix-host-path, at: far.test }
  - { name: quay, scheme: drop-host, at: quay.test, match: ["quay.io/**"] }
`,
    'test',
  );
});
afterEach(async () => {
  await client.close();
  await Promise.all([hub, near, far].map((it) => it.close()));
});

const probe: ProbeImage = (reference, options) => client.probe(reference, options);

async function supplyOf(image: string, knownDigests: readonly string[] = []) {
  const [found] = await supply({ images: [{ image, knownDigests }], mirrors, platforms }, { probe });
  if (found === undefined) throw new Error('nothing was supplied');
  return found;
}

function told(found: Awaited<ReturnType<typeof supplyOf>>) {
  return found.candidates.map(({ mirror, probe: { outcome }, identity, comparedWith, usable }) =>
    [mirror, outcome, identity, comparedWith ?? '-', usable ? 'usable' : 'unusable'].join(' '),
  );
}

describe('supply', () => {
  test('asks each mirror that serves the image, under its own name for it', async () => {
    await pushToStore(near.store, 'library/web', '1', await makeImage({ seed: 'w' }));
    hub.fault = (_request, response) => answer(response, 503);
    const found = await supplyOf('web:1');
    expect([found.image, found.origin.outcome]).toEqual(['docker.io/library/web:1', 'server-error']);
    expect(told(found)).toEqual(['near works unverified - usable', 'far absent unverified - unusable']);
    expect(far.seen.map(({ path }) => path)).toEqual(['/v2/docker.io/library/web/manifests/1']);
  });

  test('compares with the origin while it can be reached', async () => {
    const image = await makeImage({ seed: 'w' });
    await pushToStore(hub.store, 'library/web', '1', image);
    await pushToStore(near.store, 'library/web', '1', await makeImage({ seed: 'stale' }));
    await pushToStore(far.store, 'docker.io/library/web', '1', image);
    expect(told(await supplyOf('web:1'))).toEqual([
      'far works same origin usable',
      'near works different origin unusable',
    ]);
  });

  test('compares with what pods ran', async () => {
    const image = await makeImage({ seed: 'w' });
    hub.fault = (_request, response) => answer(response, 429);
    await pushToStore(near.store, 'library/web', '1', image);
    await pushToStore(far.store, 'docker.io/library/web', '1', await makeImage({ seed: 'newer' }));
    const arm = image.manifests[1]?.digest ?? '';
    expect(told(await supplyOf('web:1', [arm]))).toEqual([
      'near works same running-pod usable',
      'far works different running-pod unusable',
    ]);
  });

  test('a copy of one platform is compared with what stands behind a known digest, wherever that is', async () => {
    const image = await makeImage({ seed: 'w' });
    hub.fault = (_request, response) => answer(response, 429);
    const other = await makeImage({ seed: 'other', multiArch: false });
    await pushToStore(near.store, 'library/web', undefined, image);
    for (const amd of image.manifests.slice(0, 1)) await near.store.putManifest('library/web', amd, ['1']);
    await pushToStore(far.store, 'docker.io/library/web', '1', other);
    const asked = { image: 'web:1', knownDigests: [image.digest], platforms: ['linux/amd64'] };
    const [found] = await supply({ images: [asked], mirrors, platforms }, { probe });
    expect(found && told(found)).toEqual([
      'near works same running-pod usable',
      'far works different running-pod unusable',
    ]);
  });

  test('a digest in the name is its own witness', async () => {
    const image = await makeImage({ seed: 'w' });
    await hub.close();
    await pushToStore(near.store, 'library/web', '1', image);
    far.fault = (_request, response) => answer(response, 200, { 'content-type': 'text/html' }, '<html>');
    expect(told(await supplyOf(`web:1@${image.digest}`))).toEqual([
      'near works same pinned usable',
      'far not-a-registry unverified - unusable',
    ]);
  });

  test('tells how far it is, and keeps the order', async () => {
    const progress: string[] = [];
    const found = await supply(
      { images: ['a', 'b', 'c'].map((image) => ({ image, knownDigests: [] })), mirrors, platforms },
      { probe, onProgress: ({ done, total }) => progress.push(`${done}/${total}`) },
    );
    expect(progress).toEqual(['1/3', '2/3', '3/3']);
    expect(found.map(({ image }) => image.split('/')[2])).toEqual(['a:latest', 'b:latest', 'c:latest']);
  });

  test('without mirrors only the origin is asked', async () => {
    const found = await supply(
      { images: [{ image: 'web:1', knownDigests: [] }], mirrors: { ...mirrors, mirrors: [] }, platforms },
      { probe },
    );
    expect(found[0]?.candidates).toEqual([]);
    expect(hub.seen).toHaveLength(1);
  });

  test('a name that is none is refused', async () => {
    await expect(supplyOf('https://web')).rejects.toSatisfy((error) => isError(error, 'PM_BAD_IMAGE_NAME'));
  });
});

describe('checkMirror', () => {
  async function check(name: string) {
    const mirror = mirrors.mirrors.find((it) => it.name === name);
    if (mirror === undefined) throw new Error(`no mirror ${name}`);
    const { result, outcome } = await checkMirror(mirror, { probe, paceMs: 0 });
    return `${result} ${outcome}`;
  }

  test('a mirror that gives an image works', async () => {
    await pushToStore(near.store, 'library/alpine', 'latest', await makeImage({ seed: 'alpine' }));
    expect(await check('near')).toBe('works works');
    expect(near.seen.length).toBeLessThanOrEqual(3);
  });

  test('one that has none of them answers', async () => {
    expect(await check('far')).toBe('answers absent');
    expect(far.seen).toHaveLength(3);
  });

  test.each([
    [200, 'fails not-a-registry', 1],
    [401, 'fails unauthorized', 3],
    [429, 'answers rate-limited', 1],
    [502, 'fails server-error', 1],
  ])('%i: %s', async (status, expected, requests) => {
    near.fault = (_request, response) => answer(response, status, { 'content-type': 'text/html' }, '<html>');
    expect(await check('near')).toBe(expected);
    expect(near.seen).toHaveLength(requests);
  });

  test('every host of an alias is asked, and names are made for private globs', async () => {
    const asked: string[] = [];
    const absent: ProbeImage = async ({ registry, repository }) => {
      asked.push(`${registry}/${repository}`);
      const outcome = registry === 'k8s.test' ? 'unreachable' : 'absent';
      return { reference: registry, outcome, platforms: [], platformDigests: {}, detail: '' };
    };
    const set = parseMirrorSet(
      `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: alias, scheme: host-alias, aliases: { docker.io: d.test, registry.k8s.io: k8s.test } }
  - { name: own, scheme: drop-host, at: own.test, match: ["git.corp/{a,b}/*"] }
`,
      'test',
    );
    const checks = [];
    for (const mirror of set.mirrors) checks.push(await checkMirror(mirror, { probe: absent, paceMs: 0 }));
    expect(checks.map(({ at, result, outcome }) => [at, result, outcome])).toEqual([
      ['d.test, k8s.test', 'fails', 'unreachable'],
      ['own.test', 'answers', 'absent'],
    ]);
    expect(asked).toEqual([
      'd.test/library/busybox',
      'd.test/library/alpine',
      'k8s.test/pause',
      'own.test/a/pullmend-check',
    ]);
  });
});
