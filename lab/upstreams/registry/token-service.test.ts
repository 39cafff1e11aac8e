import { expect, test } from 'vitest';
import { parseScope, TokenService } from './token-service.ts';

test('a token says what it was given for, to its own service only', () => {
  const tokens = new TokenService();
  const claims = { service: 'quay.io', user: 'robot', access: [{ repository: 'a/b', actions: ['pull'] }] };
  const header = `Bearer ${tokens.issue(claims)}`;
  expect(tokens.read(header, 'quay.io')).toMatchObject(claims);
  expect(tokens.read(header, 'ghcr.io')).toBeUndefined();
  expect(new TokenService().read(header, 'quay.io')).toBeUndefined();
  expect(tokens.read(`${header}A`, 'quay.io')).toBeUndefined();
  expect(tokens.read('Bearer', 'quay.io')).toBeUndefined();
  expect(tokens.read(undefined, 'quay.io')).toBeUndefined();
});

test('scopes', () => {
  expect(parseScope('repository:a/b:pull,push')).toEqual({ repository: 'a/b', actions: ['pull', 'push'] });
  expect(parseScope('repository(plugin):a/b:pull')).toEqual({ repository: 'a/b', actions: ['pull'] });
  expect(parseScope('registry:catalog:*')).toBeUndefined();
});
