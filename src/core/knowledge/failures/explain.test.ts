import { expect, test } from 'vitest';
import { Explainer } from './explain.ts';

const refused =
  'Failed to pull image "quay.io/acme/app:v1": unexpected status from HEAD request to https://quay.io/v2/acme/app/manifests/v1: 401 UNAUTHORIZED';

function explain(...messages: readonly { readonly message: string; readonly object?: string }[]) {
  const explainer = new Explainer();
  for (const message of messages) explainer.add({ count: 1, ...message });
  return explainer.explanations().map(({ diagnosis, count }) => [diagnosis.class, count]);
}

test('the same cause is told once, and its bare companion not at all, with or without a pod', () => {
  expect(explain({ message: refused }, { message: 'Error: ErrImagePull' }, { message: refused })).toEqual([
    ['unauthorized', 2],
  ]);
  const object = 'Pod shop/web';
  expect(explain({ message: refused, object }, { message: 'Error: ErrImagePull', object })).toEqual([
    ['unauthorized', 1],
  ]);
});

test('a companion alone, or of another pod, stays: its cause is not known', () => {
  expect(explain({ message: 'Error: ErrImagePull' })).toEqual([['unknown', 1]]);
  expect(
    explain({ message: refused, object: 'Pod a/a' }, { message: 'Error: ErrImagePull', object: 'Pod b/b' }),
  ).toEqual([
    ['unauthorized', 1],
    ['unknown', 1],
  ]);
});
