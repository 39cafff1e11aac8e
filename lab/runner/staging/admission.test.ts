import { request } from 'node:https';
import { json } from 'node:stream/consumers';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createAuthority } from '../../upstreams/net/authority.ts';
import type { WebhookAnswer } from '../file/index.ts';
import { startAdmissionServer, type AdmissionServer } from './admission.ts';

const ADDRESS = '127.0.0.1';
let certificate: { readonly cert: string; readonly key: string };
let ca: string;
let server: AdmissionServer;

beforeAll(async () => {
  const authority = await createAuthority('test');
  ca = authority.certificate;
  certificate = await authority.issue(ADDRESS);
});
afterEach(() => server.close());

async function start(answer: WebhookAnswer): Promise<void> {
  server = await startAdmissionServer(ADDRESS, certificate, answer);
}

function review(object: object, dryRun = false): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: ADDRESS, port: server.port, ca, method: 'POST', agent: false });
    asked.on('error', reject).on('response', (reply) => json(reply).then(resolve, reject));
    asked.end(JSON.stringify({ request: { uid: 'u-1', dryRun, object } }));
  });
}

test('refuses what it is told to, in its words, and lets the rest through', async () => {
  await start({ reject: 'not here', code: 403, matching: 'harbor', only: 'real', skip: 1, times: 1 });
  const good = { response: { uid: 'u-1', allowed: true } };
  expect(await review({ image: 'docker.io/web' })).toMatchObject(good);
  expect(await review({ image: 'harbor.lab/web' }, true)).toMatchObject(good);
  expect(await review({ image: 'harbor.lab/web' })).toMatchObject(good);
  expect(await review({ image: 'harbor.lab/web' })).toMatchObject({
    response: { uid: 'u-1', allowed: false, status: { code: 403, message: 'not here' } },
  });
  expect(await review({ image: 'harbor.lab/web' })).toMatchObject(good);
});

test('changes objects', async () => {
  await start({ patch: [{ op: 'add', path: '/x', value: 1 }], skip: 0 });
  const patch = Buffer.from('[{"op":"add","path":"/x","value":1}]').toString('base64');
  expect(await review({})).toMatchObject({ response: { allowed: true, patchType: 'JSONPatch', patch } });
});

test('goes down and comes back on its port', async () => {
  await start('allow');
  const { port } = server;
  await server.setAnswer('down');
  await expect(review({})).rejects.toThrow('ECONNREFUSED');
  await server.setAnswer('allow');
  expect(server.port).toBe(port);
  expect(await review({})).toMatchObject({ response: { allowed: true } });
});
