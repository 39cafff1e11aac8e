import { expect, test } from 'vitest';
import { namesFor } from './names.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const holding = (...tags: string[]) => ({ listTags: async () => await Promise.resolve(tags) });

test.each([
  ['nginx', [], ['docker.io/library/nginx:latest']],
  ['quay.io/a/b:1', [], ['quay.io/a/b:1']],
  [`quay.io/a/b@${digest}`, [], [`quay.io/a/b@${digest}`]],
  [`quay.io/a/b:1@${digest}`, [], ['quay.io/a/b:1', `quay.io/a/b@${digest}`]],
  ['docker-archive:app.tar:nginx:1.27', [], ['docker.io/library/nginx:1.27']],
  ['docker-archive:app.tar', ['nginx:1.27'], ['docker.io/library/nginx:1.27']],
])('%s holding %j is asked for as %j', async (source, tags, names) => {
  expect(await namesFor(source, holding(...tags))).toEqual(names);
});

test.each([
  ['of two images', ['a/b:1', 'a/c:1']],
  ['of a mere tag', ['latest']],
  ['of none', []],
])('an archive %s must be told by name', async (_, tags) => {
  await expect(namesFor('oci-archive:app.tar', holding(...tags))).rejects.toMatchObject({
    code: 'PM_NODE_LOAD_UNNAMED',
  });
});
