import { describe, expect, test } from 'vitest';
import { isError } from '../../core/base/index.ts';
import { formatAddress, parseReference } from '../../core/image/index.ts';
import { pairsOf } from './pairs.ts';
import { readImageList } from '../../core/knowledge/copy-lists/index.ts';

const tags: Readonly<Record<string, readonly string[]>> = {
  'docker.io/library/redis': ['6.2', '7.0', '7.0-alpine', 'latest'],
};

async function pairs(text: string): Promise<readonly string[]> {
  const found = await pairsOf(readImageList(text, 'list'), undefined, async ({ registry, repository }) => {
    return tags[`${registry}/${repository}`] ?? [];
  });
  return found.map(({ source, target }) => `${formatAddress(source)} > ${formatAddress(target)}`);
}

describe('forms', () => {
  test('lines', async () => {
    const text = '# all of them\n\nnginx:1.27  r.corp/lib/nginx # the web\nquay.io/a/b:1 r.corp/b:2\n';
    expect(await pairs(text)).toEqual([
      'docker.io/library/nginx:1.27 > r.corp/lib/nginx:1.27',
      'quay.io/a/b:1 > r.corp/b:2',
    ]);
  });

  test('image-syncer', async () => {
    const text = `{
      "quay.io/a/b:1,2": "r.corp/a/b",
      "redis:/7\\\\..*/": ["r.corp/redis", "s.corp/redis"]
    }`;
    expect(await pairs(text)).toEqual([
      'quay.io/a/b:1 > r.corp/a/b:1',
      'quay.io/a/b:2 > r.corp/a/b:2',
      'docker.io/library/redis:7.0 > r.corp/redis:7.0',
      'docker.io/library/redis:7.0 > s.corp/redis:7.0',
      'docker.io/library/redis:7.0-alpine > r.corp/redis:7.0-alpine',
      'docker.io/library/redis:7.0-alpine > s.corp/redis:7.0-alpine',
    ]);
  });

  test('regsync', async () => {
    const text = `version: 1
sync:
  - source: nginx:1.27
    target: r.corp/nginx:1.27
    type: image
  - source: redis
    target: r.corp/redis
    type: repository
    tags:
      allow: ["7.*"]
      deny: [".*-alpine"]
`;
    expect(await pairs(text)).toEqual([
      'docker.io/library/nginx:1.27 > r.corp/nginx:1.27',
      'docker.io/library/redis:7.0 > r.corp/redis:7.0',
    ]);
  });

  test('skopeo sync and ImageList, which leave the destination open', () => {
    const skopeo = readImageList('docker.io:\n  images:\n    nginx: [1.10, "1.27"]\n    redis: []\n', 'l');
    expect(skopeo.map(({ source }) => formatAddress(source))).toEqual([
      'docker.io/library/nginx:1.10',
      'docker.io/library/nginx:1.27',
      'docker.io/library/redis:latest',
    ]);
    expect(skopeo.map((entry) => entry.tags !== undefined)).toEqual([false, false, true]);
    const list = readImageList('{"kind":"ImageList","images":["nginx",{"image":"redis:7"}]}', 'l');
    expect(list.map(({ source }) => source)).toEqual([parseReference('nginx'), parseReference('redis:7')]);
  });
});

describe('mistakes stand at their place', () => {
  test.each([
    ['a name', 'nginx r.corp/a\nNginX:1 r.corp/b', 2, 1],
    ['three names', 'nginx a.corp/b c.corp/d', 1, 16],
    ['YAML', 'sync:\n  - source: [', 2, 14],
    ['a regsync entry without target', 'sync:\n  - source: nginx', 2, 5],
    ['a pattern', '{"redis:/(/": "r.corp/redis"}', 1, 2],
    ['a destination', '{"nginx:1":\n  {"a": 1}}', 2, 3],
  ])('%s', (_, text, line, column) => {
    expect(() => readImageList(text, 'list')).toThrow(
      expect.objectContaining({ code: 'PM_LIST_BROKEN', params: expect.objectContaining({ line, column }) }),
    );
  });

  test('no destination, and two images of one name', async () => {
    await expect(pairs('nginx')).rejects.toSatisfy((error) => isError(error, 'PM_COPY_NO_TARGET'));
    await expect(pairs('nginx:1 r.corp/a:1\nredis:1 r.corp/a:1')).rejects.toSatisfy((error) =>
      isError(error, 'PM_COPY_SAME_TARGET'),
    );
  });
});
