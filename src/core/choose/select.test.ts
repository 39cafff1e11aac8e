import { describe, expect, test } from 'vitest';
import { parseSelection, type ObjectRef } from '../model/index.ts';
import { selects } from './index.ts';

const web: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const image = 'docker.io/library/nginx:1.27';

function chooses(...texts: readonly string[]): boolean {
  return selects(
    texts.flatMap((text) => parseSelection(text) ?? []),
    { image, object: web },
  );
}

describe('what --only takes', () => {
  test.each([
    'image=nginx',
    'image=nginx:1.27',
    'image=library/nginx',
    'image=docker.io/library/nginx',
    'image=docker.io/*',
    'image=*nginx*',
    'image=NGINX:1.2?',
    'namespace=shop',
    'namespace=sh*',
    'kind=deployment',
    'kind=Deployment/web',
    'kind=deploy*/w*',
  ])('%s is it', (text) => {
    expect(chooses(text)).toBe(true);
  });

  test.each([
    'image=ngin',
    'image=nginx:1.2',
    'image=quay.io/*',
    'namespace=shop2',
    'namespace=',
    'kind=StatefulSet',
    'kind=Deployment/api',
    'kind=web',
  ])('%s is not', (text) => {
    const selection = parseSelection(text);
    expect(selection === undefined ? false : selects([selection], { image, object: web })).toBe(false);
  });

  test('of one field any fits, of several fields each must', () => {
    expect(chooses('image=redis', 'image=nginx')).toBe(true);
    expect(chooses('image=nginx', 'namespace=other')).toBe(false);
    expect(chooses('image=nginx', 'namespace=other', 'namespace=shop')).toBe(true);
    expect(selects([], { image, object: web })).toBe(true);
  });

  test.each(['nginx', 'images=nginx', 'image=', 'image=a b', ''])('"%s" says nothing', (text) => {
    expect(parseSelection(text)).toBeUndefined();
  });

  test('a name with a digest is chosen by its tag too', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const pinned = { image: `quay.io/acme/app:2@${digest}`, object: web };
    for (const text of ['image=quay.io/acme/app', 'image=quay.io/acme/app:2', `image=*@${digest}`]) {
      const selection = parseSelection(text);
      expect([text, selection && selects([selection], pinned)]).toEqual([text, true]);
    }
  });

  test('many stars take no long time', () => {
    const selection = parseSelection(`image=${'*a'.repeat(200)}`);
    expect(selection && selects([selection], { image: 'a'.repeat(180), object: web })).toBe(false);
  });
});
