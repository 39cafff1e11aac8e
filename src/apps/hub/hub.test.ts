import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../../core/image/index.ts';
import { basicAccess, createHub, listenHub, type ListeningHub, MemoryStore } from './index.ts';

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const INDEX_TYPE = 'application/vnd.oci.image.index.v1+json';

let hub: ListeningHub;
beforeEach(async () => {
  hub = await listenHub({ hub: createHub({ store: new MemoryStore() }), host: '127.0.0.1', port: 0 });
});
afterEach(() => hub.close());

function call(method: string, path: string, body?: string | Uint8Array, headers?: Record<string, string>) {
  const payload = typeof body === 'string' ? body : body === undefined ? null : Buffer.from(body);
  return fetch(new URL(path, hub.url), {
    method,
    body: payload,
    ...(headers && { headers }),
    redirect: 'error',
  });
}

async function errorCode(reply: Response): Promise<string | undefined> {
  const body = (await reply.json()) as { errors: { code: string }[] };
  return body.errors[0]?.code;
}

async function pushBlob(repository: string, content: string): Promise<string> {
  const digest = digestOf(Buffer.from(content));
  const reply = await call('POST', `/v2/${repository}/blobs/uploads/?digest=${digest}`, content);
  expect(reply.status).toBe(201);
  return digest;
}

/** A manifest with a config and one layer, the blobs already pushed. */
async function pushManifest(repository: string, tag: string, content: string) {
  const config = await pushBlob(repository, `{"name":"${content}"}`);
  const layer = await pushBlob(repository, content);
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: config, size: 1 },
    layers: [{ mediaType: 'application/octet-stream', digest: layer, size: content.length }],
  });
  const reply = await call('PUT', `/v2/${repository}/manifests/${tag}`, text, {
    'content-type': MANIFEST_TYPE,
  });
  expect(reply.status).toBe(201);
  return { text, digest: reply.headers.get('docker-content-digest') ?? '', layer };
}

describe('base', () => {
  test('/v2/ says which API this is', async () => {
    const reply = await call('GET', '/v2/');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  });
  test.each([
    ['GET', '/', 404, 'UNSUPPORTED'],
    ['GET', '/v2/_catalog', 404, 'UNSUPPORTED'],
    ['GET', '/v2/Upper/manifests/1', 400, 'NAME_INVALID'],
    ['GET', '/v2/a/manifests/.bad', 400, 'MANIFEST_INVALID'],
    ['GET', '/v2/a/blobs/sha256:12', 400, 'DIGEST_INVALID'],
    ['GET', '/v2/a/manifests/none', 404, 'MANIFEST_UNKNOWN'],
    ['GET', `/v2/a/blobs/sha256:${'0'.repeat(64)}`, 404, 'BLOB_UNKNOWN'],
    ['GET', '/v2/a/tags/list', 404, 'NAME_UNKNOWN'],
    ['PATCH', '/v2/a/blobs/uploads/none', 404, 'BLOB_UPLOAD_UNKNOWN'],
    ['POST', '/v2/a/manifests/1', 405, 'UNSUPPORTED'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const reply = await call(method, path);
    expect(reply.status).toBe(status);
    expect(await errorCode(reply)).toBe(code);
  });
});

describe('blobs', () => {
  test('monolithic push, HEAD and GET', async () => {
    const digest = await pushBlob('a/b', 'hello');
    const head = await call('HEAD', `/v2/a/b/blobs/${digest}`);
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe('5');
    expect(head.headers.get('docker-content-digest')).toBe(digest);
    const reply = await call('GET', `/v2/a/b/blobs/${digest}`);
    expect(await reply.text()).toBe('hello');
  });

  test('a repository does not show the blobs of another', async () => {
    const digest = await pushBlob('a', 'mine');
    expect((await call('GET', `/v2/b/blobs/${digest}`)).status).toBe(404);
  });

  test('POST, PATCH in order, PUT; a chunk out of order is 416 and changes nothing', async () => {
    const started = await call('POST', '/v2/a/blobs/uploads/');
    expect(started.status).toBe(202);
    const at = started.headers.get('location') ?? '';
    const first = await call('PATCH', at, 'hel', { 'content-range': '0-2' });
    expect(first.status).toBe(202);
    expect(first.headers.get('range')).toBe('0-2');
    const wrong = await call('PATCH', at, 'xx', { 'content-range': '7-8' });
    expect(wrong.status).toBe(416);
    expect(wrong.headers.get('range')).toBe('0-2');
    const progress = await call('GET', at);
    expect([progress.status, progress.headers.get('range')]).toEqual([204, '0-2']);
    const digest = digestOf(Buffer.from('hello'));
    const done = await call('PUT', `${at}?digest=${digest}`, 'lo', { 'content-range': 'bytes 3-4/5' });
    expect(done.status).toBe(201);
    expect(done.headers.get('location')).toBe(`/v2/a/blobs/${digest}`);
    expect(await (await call('GET', `/v2/a/blobs/${digest}`)).text()).toBe('hello');
    expect((await call('GET', at)).status).toBe(404);
  });

  test('sha512 and the empty blob', async () => {
    const long = digestOf(Buffer.from('long'), 'sha512');
    expect((await call('POST', `/v2/a/blobs/uploads/?digest=${long}`, 'long')).status).toBe(201);
    expect(await (await call('GET', `/v2/a/blobs/${long}`)).text()).toBe('long');
    const empty = await pushBlob('a', '');
    const reply = await call('GET', `/v2/a/blobs/${empty}`);
    expect([reply.status, await reply.text()]).toEqual([200, '']);
  });

  test('wrong digest is refused and nothing of it is kept', async () => {
    const claimed = digestOf(Buffer.from('claimed'));
    const reply = await call('POST', `/v2/a/blobs/uploads/?digest=${claimed}`, 'other');
    expect([reply.status, await errorCode(reply)]).toEqual([400, 'DIGEST_INVALID']);
    expect((await call('HEAD', `/v2/a/blobs/${claimed}`)).status).toBe(404);
  });

  test('a cancelled upload is gone', async () => {
    const at = (await call('POST', '/v2/a/blobs/uploads/')).headers.get('location') ?? '';
    expect((await call('DELETE', at)).status).toBe(204);
    expect((await call('PATCH', at, 'x')).status).toBe(404);
  });

  test('mount copies nothing and needs the blob in the other repository', async () => {
    const digest = await pushBlob('from', 'shared');
    const done = await call('POST', `/v2/to/blobs/uploads/?mount=${digest}&from=from`);
    expect(done.status).toBe(201);
    expect(await (await call('GET', `/v2/to/blobs/${digest}`)).text()).toBe('shared');
    const missed = await call('POST', `/v2/to/blobs/uploads/?mount=${digest}&from=nowhere`);
    expect(missed.status).toBe(202);
    expect(missed.headers.get('location')).toMatch(/^\/v2\/to\/blobs\/uploads\//);
  });

  test.each([
    ['bytes=0-1', 206, 'he', 'bytes 0-1/5'],
    ['bytes=3-', 206, 'lo', 'bytes 3-4/5'],
    ['bytes=-2', 206, 'lo', 'bytes 3-4/5'],
    ['bytes=2-99', 206, 'llo', 'bytes 2-4/5'],
    ['bytes=0-1,3-4', 200, 'hello', null],
    ['lines=1-2', 200, 'hello', null],
  ])('Range %s', async (range, status, body, contentRange) => {
    const digest = await pushBlob('a', 'hello');
    const reply = await call('GET', `/v2/a/blobs/${digest}`, undefined, { range });
    expect([reply.status, reply.headers.get('content-range')]).toEqual([status, contentRange]);
    expect(await reply.text()).toBe(body);
  });

  test('a range outside the blob is 416', async () => {
    const digest = await pushBlob('a', 'hello');
    const reply = await call('GET', `/v2/a/blobs/${digest}`, undefined, { range: 'bytes=5-' });
    expect([reply.status, reply.headers.get('content-range')]).toEqual([416, 'bytes */5']);
  });

  test('DELETE removes it from this repository only', async () => {
    const digest = await pushBlob('a', 'twice');
    await pushBlob('b', 'twice');
    expect((await call('DELETE', `/v2/a/blobs/${digest}`)).status).toBe(202);
    expect((await call('HEAD', `/v2/a/blobs/${digest}`)).status).toBe(404);
    expect((await call('HEAD', `/v2/b/blobs/${digest}`)).status).toBe(200);
    expect((await call('DELETE', `/v2/a/blobs/${digest}`)).status).toBe(404);
  });
});

describe('manifests', () => {
  test('come back byte for byte, by tag and by digest', async () => {
    const { text, digest } = await pushManifest('team/web', '1.0', 'x');
    expect(digest).toBe(digestOf(Buffer.from(text)));
    for (const reference of ['1.0', digest]) {
      const reply = await call('GET', `/v2/team/web/manifests/${reference}`);
      expect(reply.headers.get('content-type')).toBe(MANIFEST_TYPE);
      expect(reply.headers.get('docker-content-digest')).toBe(digest);
      expect(await reply.text()).toBe(text);
      const head = await call('HEAD', `/v2/team/web/manifests/${reference}`);
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(text.length)]);
    }
  });

  test('an OCI type that the client does not accept is 404', async () => {
    await pushManifest('a', '1', 'x');
    const accept = (value: string) => call('GET', '/v2/a/manifests/1', undefined, { accept: value });
    expect((await accept(INDEX_TYPE)).status).toBe(404);
    expect((await accept(`${INDEX_TYPE}, ${MANIFEST_TYPE};q=0.5`)).status).toBe(200);
    expect((await accept('*/*')).status).toBe(200);
  });

  test.each([
    ['no JSON', 'text', MANIFEST_TYPE, 400, 'MANIFEST_INVALID'],
    ['another type than it says', `{"mediaType":"${INDEX_TYPE}"}`, MANIFEST_TYPE, 400, 'MANIFEST_INVALID'],
    ['a layer without digest', `{"layers":[{}]}`, MANIFEST_TYPE, 400, 'MANIFEST_INVALID'],
    ['layers that are no list', `{"layers":7}`, MANIFEST_TYPE, 400, 'MANIFEST_INVALID'],
    [
      'a layer nobody pushed',
      `{"layers":[{"digest":"sha256:${'1'.repeat(64)}"}]}`,
      MANIFEST_TYPE,
      404,
      'MANIFEST_BLOB_UNKNOWN',
    ],
    [
      'a child nobody pushed',
      `{"manifests":[{"digest":"sha256:${'1'.repeat(64)}"}]}`,
      INDEX_TYPE,
      404,
      'MANIFEST_BLOB_UNKNOWN',
    ],
  ])('%s is refused', async (_, body, type, status, code) => {
    const reply = await call('PUT', '/v2/a/manifests/1', body, { 'content-type': type });
    expect([reply.status, await errorCode(reply)]).toEqual([status, code]);
  });

  test('foreign layers and a missing subject are fine', async () => {
    const digest = `sha256:${'2'.repeat(64)}`;
    const body = JSON.stringify({ layers: [{ digest, urls: ['https://elsewhere'] }], subject: { digest } });
    const reply = await call('PUT', '/v2/a/manifests/1', body, { 'content-type': MANIFEST_TYPE });
    // The header would say that referrers are listed here (OCI distribution-spec, end-7).
    expect([reply.status, reply.headers.get('oci-subject')]).toEqual([201, null]);
  });

  test('a digest that does not match and a body beyond 4 MiB are refused', async () => {
    const other = digestOf(Buffer.from('other'));
    const wrong = await call('PUT', `/v2/a/manifests/${other}`, '{}', { 'content-type': MANIFEST_TYPE });
    expect([wrong.status, await errorCode(wrong)]).toEqual([400, 'DIGEST_INVALID']);
    const large = JSON.stringify({ annotations: { filler: 'x'.repeat(4 * 1024 * 1024) } });
    // The hub may close the connection while the client still sends.
    const status = await call('PUT', '/v2/a/manifests/1', large, { 'content-type': MANIFEST_TYPE }).then(
      (reply) => reply.status,
      () => 413,
    );
    expect(status).toBe(413);
    expect((await call('GET', '/v2/a/manifests/1')).status).toBe(404);
  });

  test('DELETE by tag keeps the manifest, by digest takes its tags along', async () => {
    const { digest } = await pushManifest('a', '1', 'x');
    await pushManifest('a', '2', 'x');
    expect((await call('DELETE', '/v2/a/manifests/1')).status).toBe(202);
    expect((await call('HEAD', '/v2/a/manifests/1')).status).toBe(404);
    expect((await call('HEAD', `/v2/a/manifests/${digest}`)).status).toBe(200);
    expect((await call('DELETE', `/v2/a/manifests/${digest}`)).status).toBe(202);
    expect((await call('HEAD', '/v2/a/manifests/2')).status).toBe(404);
  });

  test('tags in pages', async () => {
    for (const tag of ['c', 'a', 'b']) await pushManifest('a', tag, 'x');
    const first = await call('GET', '/v2/a/tags/list?n=2');
    expect(await first.json()).toEqual({ name: 'a', tags: ['a', 'b'] });
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await call('GET', next);
    expect(await second.json()).toEqual({ name: 'a', tags: ['c'] });
    expect(second.headers.get('link')).toBeNull();
  });
});

test('with Basic access: reading is free, changing is not', async () => {
  const authorize = basicAccess({ username: 'u', password: 'p', anonymousPull: true });
  const guarded = await listenHub({
    hub: createHub({ store: new MemoryStore(), authorize }),
    host: '127.0.0.1',
    port: 0,
  });
  const post = (headers: Record<string, string>) =>
    fetch(new URL('/v2/a/blobs/uploads/', guarded.url), { method: 'POST', headers });
  try {
    expect((await fetch(new URL('/v2/', guarded.url))).status).toBe(200);
    const refused = await post({});
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="registry"',
    ]);
    expect((await post({ authorization: `Basic ${btoa('u:wrong')}` })).status).toBe(401);
    expect((await post({ authorization: `Basic ${btoa('u:p')}` })).status).toBe(202);
  } finally {
    await guarded.close();
  }
});
