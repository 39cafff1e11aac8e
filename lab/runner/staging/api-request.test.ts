import { expect, test } from 'vitest';
import { concerns, isWrite, readApiRequest } from './api-request.ts';

test.each([
  ['GET', '/api/v1/namespaces/shop/pods', 'list pods shop '],
  ['GET', '/api/v1/pods?watch=1', 'watch pods  '],
  ['GET', '/api/v1/namespaces/shop', 'get namespaces  shop'],
  ['PATCH', '/apis/apps/v1/namespaces/shop/deployments/web', 'patch deployments.apps shop web'],
  ['POST', '/api/v1/namespaces/shop/pods/one/eviction', 'create pods/eviction shop one'],
  ['POST', '/api/v1/namespaces/shop/pods', 'create pods shop two'],
  ['DELETE', '/api/v1/namespaces/shop/pods', 'deletecollection pods shop '],
  ['GET', '/version', 'list   '],
  ['GET', '/apis/apps/v1', 'list   '],
])('%s %s', (method, url, expected) => {
  const { verb, resource, namespace, name } = readApiRequest(method, url, '{"metadata":{"name":"two"}}');
  expect(`${verb} ${resource} ${namespace} ${name}`).toBe(expected);
});

test('a write changes something', () => {
  const write = (url: string): boolean => isWrite(readApiRequest('POST', url, '{}'));
  expect(write('/api/v1/namespaces/shop/configmaps')).toBe(true);
  expect(write('/api/v1/namespaces/shop/configmaps?dryRun=All')).toBe(false);
  expect(write('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews')).toBe(false);
});

test('a deletion that is only tried is no write', () => {
  const write = (body: string): boolean =>
    isWrite(readApiRequest('DELETE', '/api/v1/namespaces/shop/pods/a', body));
  expect(write('{"dryRun":["All"]}')).toBe(false);
  expect(write('{"gracePeriodSeconds":0}')).toBe(true);
  expect(write('')).toBe(true);
});

test('a resource is meant with its group or without, its subresources are not', () => {
  const request = readApiRequest('PATCH', '/apis/apps/v1/namespaces/shop/deployments/web', '');
  const target = { verb: 'write', resource: 'deployments' } as const;
  expect(concerns(target, request)).toBe(true);
  expect(concerns({ ...target, resource: 'deployments.apps', name: '^web$' }, request)).toBe(true);
  expect(concerns({ ...target, name: 'other' }, request)).toBe(false);
  expect(concerns({ ...target, dryRun: true }, request)).toBe(false);
  const scale = readApiRequest('PATCH', '/apis/apps/v1/namespaces/shop/deployments/web/scale', '');
  expect(concerns(target, scale)).toBe(false);
  expect(concerns({ ...target, resource: 'deployments/scale' }, scale)).toBe(true);
});
