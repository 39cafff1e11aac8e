import { expect, test } from 'vitest';
import { proxyFromEnv } from './proxy-env.ts';

const proxy = 'http://proxy.corp:3128';

test.each([
  ['https://api.example:6443', {}, proxy],
  ['https://api.example:6443', { NO_PROXY: '*' }, undefined],
  ['https://api.example:6443', { NO_PROXY: 'api.example' }, undefined],
  ['https://api.example:6443', { NO_PROXY: 'other, .example' }, undefined],
  ['https://api.example:6443', { no_proxy: 'example' }, undefined],
  ['https://api.example:6443', { NO_PROXY: 'api.example:443' }, proxy],
  ['https://api.example:6443', { NO_PROXY: 'api.example:6443' }, undefined],
  ['https://badexample:6443', { NO_PROXY: 'example' }, proxy],
  ['https://10.3.4.5:6443', { NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.3.4.5:6443', { NO_PROXY: '10.0.0.0/8,nonsense/99' }, proxy],
  ['https://[fd00::1]:6443', { NO_PROXY: 'fd00::/8' }, undefined],
  ['https://127.0.0.1:6443', {}, undefined],
  ['https://[::1]:6443', {}, undefined],
  ['https://localhost:6443', {}, undefined],
  ['http://api.example', {}, undefined],
])('%s with %j goes through %s', (server, env, expected) => {
  expect(proxyFromEnv(server, { HTTPS_PROXY: 'proxy.corp:3128', ...env })).toBe(expected);
});
