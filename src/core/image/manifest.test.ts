import { describe, expect, test } from 'vitest';
import {
  bareMediaType,
  digesterFor,
  digestOf,
  mediaType,
  parseDigest,
  platformDigests,
  readConfigPlatform,
  readManifest,
  repositoryMatches,
  verifyDigest,
} from './index.ts';

const a = digestOf(new TextEncoder().encode('a'));
const b = digestOf(new TextEncoder().encode('b'));
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('readManifest', () => {
  test('reads an index, without attestations among its platforms', () => {
    const index = readManifest(
      bytes({
        schemaVersion: 2,
        manifests: [
          {
            mediaType: mediaType.ociManifest,
            digest: a,
            size: 3,
            platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
          },
          {
            mediaType: mediaType.ociManifest,
            digest: b,
            size: 3,
            platform: { os: 'unknown', architecture: 'unknown' },
          },
        ],
      }),
      mediaType.ociIndex,
    );
    expect(index?.kind).toBe('index');
    expect(index?.kind === 'index' && platformDigests(index.manifests)).toEqual({ 'linux/arm64': a });
  });

  test.each([
    ['a page', new TextEncoder().encode('<html>'), mediaType.ociManifest],
    ['an empty object', bytes({}), mediaType.ociManifest],
    [
      'an index under the name of an image',
      bytes({ schemaVersion: 2, manifests: [] }),
      mediaType.dockerManifest,
    ],
    [
      'a bad digest',
      bytes({ schemaVersion: 2, config: { digest: 'sha256:1', size: 1 } }),
      mediaType.ociManifest,
    ],
    ['another type', bytes({ schemaVersion: 2, manifests: [] }), 'application/json'],
  ])('%s is none', (_, body, type) => {
    expect(readManifest(body, type)).toBeUndefined();
  });

  test('reads the platform of a config', () => {
    expect(
      readConfigPlatform(bytes({ os: 'linux', architecture: 'arm', variant: 'v6', rootfs: {} })),
    ).toEqual({
      os: 'linux',
      architecture: 'arm',
      variant: 'v6',
    });
    expect(readConfigPlatform(bytes({ name: 'a-chart' }))).toBeUndefined();
  });
});

describe('digests', () => {
  test('are verified under their own algorithm', () => {
    const data = new TextEncoder().encode('data');
    expect(verifyDigest(data, digestOf(data, 'sha512'))).toBe(true);
    expect(verifyDigest(data, a)).toBe(false);
    expect(parseDigest('sha256:xyz')).toBeUndefined();
    const digester = digesterFor(digestOf(data));
    digester.update(data.subarray(0, 2));
    digester.update(data.subarray(2));
    expect(digester.digest()).toBe(digestOf(data));
  });
});

test('media types lose their parameters', () => {
  expect(bareMediaType('Text/HTML; charset=utf-8')).toBe('text/html');
});

test.each([
  ['docker.io/**', 'docker.io/library/nginx', true],
  ['docker.io/**', 'quay.io/a/b', false],
  ['quay.io/*', 'quay.io/a/b', false],
  ['**', 'host:5000/a/.b', true],
  ['{gcr.io,k8s.gcr.io}/**', 'gcr.io/a/b', true],
])('%s and %s: %s', (glob, name, answer) => {
  expect(repositoryMatches([glob], name)).toBe(answer);
});
