import { expect, test } from 'vitest';
import { missingOf } from './index.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const pod = (phase: string, ...images: readonly string[]) => ({
  spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
  status: { phase },
});

test('what pods name and the node has under no such name, ended pods aside', () => {
  const names = ['docker.io/library/web:1', `quay.io/a/b@${digest}`];
  const images = [{ names, digest, bytes: 1, pinned: false }];
  const pods = [
    pod('Running', 'web:1', `quay.io/a/b:9@${digest}`),
    pod('Pending', 'web:2', 'web:2', 'quay.io/a/b:9'),
    pod('Pending', 'docker.io/library/web:2', 'not an image'),
    pod('Succeeded', 'job:1'),
  ];
  expect(missingOf(pods, images)).toEqual([
    { image: 'docker.io/library/web:2', pods: 2 },
    { image: 'quay.io/a/b:9', pods: 1 },
  ]);
});
