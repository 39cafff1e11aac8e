import { expect, test } from 'vitest';
import { containerdImages, criImages, dockerImages } from './inventory.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;

test('names of one content of containerd are one image; those of its ID are no names', () => {
  const table = `REF TYPE DIGEST SIZE PLATFORMS LABELS
docker.io/library/web:1   application/x ${digest} 1.5 MiB linux/amd64,linux/arm64 io.cri-containerd.image=managed
harbor.corp/p/web:1       application/x ${digest} 1.5 MiB linux/amd64,linux/arm64 -
sha256:${'c'.repeat(64)}  application/x ${digest} 1.5 MiB linux/amd64 io.cri-containerd.image=managed
registry.k8s.io/pause:3.9 application/x ${other} 312.0 B  linux/amd64 io.cri-containerd.image=managed,io.cri-containerd.pinned=pinned
nonsense`;
  expect(containerdImages(table)).toEqual([
    { names: ['docker.io/library/web:1', 'harbor.corp/p/web:1'], digest, bytes: 1_572_864, pinned: false },
    { names: ['registry.k8s.io/pause:3.9'], digest: other, bytes: 312, pinned: true },
  ]);
});

test('what CRI-O tells', () => {
  const images = [
    {
      id: 'x',
      repoTags: ['quay.io/a/b:1'],
      repoDigests: [`quay.io/a/b@${digest}`],
      size: '42',
      pinned: true,
    },
  ];
  expect(criImages(JSON.stringify({ images }))).toEqual([
    { names: ['quay.io/a/b:1', `quay.io/a/b@${digest}`], digest, bytes: 42, pinned: true },
  ]);
  expect(() => criImages('no')).toThrow('no JSON');
});

test('what docker tells, with the names that the kubelet uses', () => {
  const row = { ID: other, Repository: 'nginx', Tag: '1', Digest: digest, Size: '7.2MB' };
  const rows = [
    row,
    { ...row, Repository: 'harbor.corp/p/nginx' },
    { ...row, ID: 'y', Repository: '<none>', Size: '5kB' },
  ];
  expect(dockerImages(rows.map((one) => JSON.stringify(one)).join('\n'))).toMatchObject([
    {
      names: [
        'docker.io/library/nginx:1',
        `docker.io/library/nginx@${digest}`,
        'harbor.corp/p/nginx:1',
        expect.any(String),
      ],
      digest,
      bytes: 7_200_000,
    },
    { names: [], digest: 'y', bytes: 5000 },
  ]);
});
