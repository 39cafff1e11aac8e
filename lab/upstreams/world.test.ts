import { connect } from 'node:net';
import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { digestOf, manifestAccept } from '../../src/core/image/index.ts';
import type { HostState, ImageDigests } from './api.ts';
import { createAuthority } from './net/authority.ts';
import { SITES } from './sites.ts';
import { createVisitor, fetchToken, type Visit, type Visitor } from './visitor.ts';
import { startUpstreams, type Upstreams } from './world.ts';

/** Swallowing packets takes iptables; main.test.ts does it, in a namespace of its own. */
const blackhole = { swallow: async () => {}, release: async () => {}, close: async () => {} };
const ACCEPT = { accept: manifestAccept };

let upstreams: Upstreams;
let visitor: Visitor;
/** Does not wait for what will not come. */
let impatient: Visitor;

beforeAll(async () => {
  const authority = await createAuthority('registries of the test');
  upstreams = await startUpstreams({
    authority,
    addresses: SITES.map(() => '127.0.0.1'),
    dns: { address: '127.0.0.1', port: 0 },
    ports: { tls: 0, http: 0 },
    blackhole,
  });
  const hosts = await upstreams.hosts();
  visitor = createVisitor(hosts, authority.certificate);
  impatient = createVisitor(hosts, authority.certificate, 300);
});
afterAll(() => upstreams.close());
beforeEach(() => upstreams.reset());

function makeImage(name: string, at: readonly string[] = []): Promise<ImageDigests> {
  return upstreams.makeImage({ name, at, runnable: false });
}

function manifestUrl(host: string, repository: string, reference = '1.0'): string {
  return `https://${host}/v2/${repository}/manifests/${reference}`;
}

/** As a pull does it: with the token that the challenge asks for. */
async function pull(url: string, basic?: string): Promise<Visit> {
  const first = await visitor.get(url, ACCEPT);
  if (first.status !== 401) return first;
  const { authorization } = await fetchToken(visitor, first.headers['www-authenticate'] ?? '', basic);
  return visitor.get(url, { ...ACCEPT, authorization });
}

function errorCode(visit: Visit): string | undefined {
  return (JSON.parse(visit.body.toString()) as { errors: { code: string }[] }).errors[0]?.code;
}

describe('images', () => {
  test('one name gives one content in all places', async () => {
    const digests = await makeImage('docker.io/library/web:1.0', [
      'harbor.lab/library/web:1.0',
      'mirror2.lab/docker.io/library/web:1.0',
    ]);
    const harbor = await visitor.get(manifestUrl('harbor.lab', 'library/web'), ACCEPT);
    const mirror = await visitor.get(manifestUrl('mirror2.lab', 'docker.io/library/web'), ACCEPT);
    const hub = await pull(manifestUrl('registry-1.docker.io', 'library/web'));
    for (const visit of [harbor, mirror, hub]) expect(digestOf(visit.body)).toBe(digests.index);
    expect(Object.keys(digests.perPlatform)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(await makeImage('quay.io/library/web:1.0')).toEqual(digests);
    const other = await upstreams.makeImage({
      name: 'quay.io/library/web:1.0',
      seed: 'other',
      runnable: false,
    });
    expect(other.index).not.toBe(digests.index);
  });

  test('are deleted by prefix', async () => {
    await makeImage('docker.io/library/web:1.0', [
      'harbor.lab/library/web:1.0',
      'harbor.lab/library/web:2.0',
    ]);
    expect(await upstreams.deleteImages('harbor.lab/library/web:1')).toBe(1);
    expect((await visitor.get(manifestUrl('harbor.lab', 'library/web'), ACCEPT)).status).toBe(404);
    expect((await visitor.get(manifestUrl('harbor.lab', 'library/web', '2.0'), ACCEPT)).status).toBe(200);
    expect(await upstreams.deleteImages('docker.io/library/')).toBe(1);
  });

  test('a registry that is not there is an error', async () => {
    await expect(makeImage('example.com/a/b:1')).rejects.toThrow('no registry here');
  });
});

describe('manners of the registries', () => {
  test('Docker Hub wants a token from auth.docker.io even for public images', async () => {
    await makeImage('docker.io/library/web:1.0');
    const first = await visitor.get(manifestUrl('registry-1.docker.io', 'library/web'), ACCEPT);
    expect(first.status).toBe(401);
    expect(first.headers['www-authenticate']).toBe(
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/web:pull"',
    );
    const ok = await pull(manifestUrl('registry-1.docker.io', 'library/web'));
    expect([ok.status, ok.headers['ratelimit-limit']]).toEqual([200, '100;w=21600']);
    const lost = await pull(manifestUrl('registry-1.docker.io', 'library/web', '9.9'));
    expect([lost.status, errorCode(lost)]).toEqual([404, 'MANIFEST_UNKNOWN']);
    const absent = await pull(manifestUrl('registry-1.docker.io', 'library/absent'));
    expect([absent.status, errorCode(absent)]).toEqual([401, 'UNAUTHORIZED']);
    expect(absent.headers['www-authenticate']).toContain('error="insufficient_scope"');
  });

  test('a token is good for the repository it names and for its own registry', async () => {
    await makeImage('docker.io/library/web:1.0', ['docker.io/library/other:1.0', 'ghcr.io/library/web:1.0']);
    const url = manifestUrl('registry-1.docker.io', 'library/web');
    const { authorization } = await fetchToken(
      visitor,
      (await visitor.get(url)).headers['www-authenticate'] ?? '',
    );
    expect((await visitor.get(url, { ...ACCEPT, authorization })).status).toBe(200);
    for (const other of [
      manifestUrl('registry-1.docker.io', 'library/other'),
      manifestUrl('ghcr.io', 'library/web'),
    ]) {
      expect((await visitor.get(other, { ...ACCEPT, authorization })).status).toBe(401);
    }
    expect((await visitor.get(url, { ...ACCEPT, authorization: `${authorization}x` })).status).toBe(401);
  });

  test('ghcr.io gives no token for what is not there', async () => {
    const first = await visitor.get(manifestUrl('ghcr.io', 'acme/absent'), ACCEPT);
    const { visit } = await fetchToken(visitor, first.headers['www-authenticate'] ?? '');
    expect([first.status, visit.status, errorCode(visit)]).toEqual([401, 403, 'DENIED']);
  });

  test('registry.k8s.io knows no tokens', async () => {
    await makeImage('registry.k8s.io/kube-proxy:v1.34.4');
    expect((await visitor.get(manifestUrl('registry.k8s.io', 'kube-proxy', 'v1.34.4'), ACCEPT)).status).toBe(
      200,
    );
    expect((await visitor.get(manifestUrl('registry.k8s.io', 'absent'), ACCEPT)).status).toBe(404);
  });

  test('public registries take no pushes, mirrors do', async () => {
    const push = (host: string) => visitor.send('POST', `https://${host}/v2/team/app/blobs/uploads/`);
    expect((await push('quay.io')).status).toBe(403);
    expect((await push('mirror2.lab')).status).toBe(202);
  });

  test('html.lab and plain.lab', async () => {
    const page = await visitor.get(manifestUrl('html.lab', 'library/web'), ACCEPT);
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const plain = (await upstreams.hosts()).find(({ host }) => host === 'plain.lab');
    const status = await new Promise((resolve, reject) => {
      httpGet({ host: plain?.address, port: plain?.port, path: '/v2/' }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
    await expect(visitor.get('https://plain.lab/v2/')).rejects.toThrow('wrong version number');
  });

  test('selfsigned.lab has a certificate of a stranger', async () => {
    await expect(visitor.get('https://selfsigned.lab/v2/')).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });
});

describe('harbor.lab', () => {
  test('the proxy project pulls through Docker Hub, once', async () => {
    const digests = await makeImage('docker.io/library/web:1.0');
    await upstreams.setHost('docker.io', 'refuse');
    const index = await visitor.get(manifestUrl('harbor.lab', 'proxy/library/web'), ACCEPT);
    expect([index.status, digestOf(index.body)]).toEqual([200, digests.index]);
    const child = digests.perPlatform['linux/amd64'] ?? '';
    const manifest = await visitor.get(manifestUrl('harbor.lab', 'proxy/library/web', child), ACCEPT);
    const [layer] = (JSON.parse(manifest.body.toString()) as { layers: { digest: string }[] }).layers;
    const blobUrl = `https://harbor.lab/v2/proxy/library/web/blobs/${layer?.digest}`;
    expect((await visitor.send('HEAD', blobUrl)).status).toBe(404);
    expect(digestOf((await visitor.get(blobUrl)).body)).toBe(layer?.digest);
    expect((await visitor.send('HEAD', blobUrl)).status).toBe(200);
    await visitor.get(blobUrl);
    const { requests } = await upstreams.requests({ host: 'backdoor.harbor.lab', repository: 'library/web' });
    expect(requests.map(({ path }) => path)).toEqual([
      '/v2/library/web/manifests/1.0',
      `/v2/library/web/manifests/${child}`,
      `/v2/library/web/blobs/${layer?.digest}`,
    ]);
  });

  test('what is gone for all is gone for the proxy too', async () => {
    await makeImage('docker.io/library/web:1.0');
    await upstreams.addFault({ host: 'docker.io', repository: 'library/web', kind: 'gone-for-all' });
    expect((await visitor.get(manifestUrl('harbor.lab', 'proxy/library/web'), ACCEPT)).status).toBe(404);
    expect((await pull(manifestUrl('registry-1.docker.io', 'library/web'))).status).toBe(401);
  });

  test('one-part names are sent to library/', async () => {
    const reply = await visitor.get(manifestUrl('harbor.lab', 'proxy/web'), ACCEPT);
    expect([reply.status, reply.headers.location]).toEqual([301, '/v2/proxy/library/web/manifests/1.0']);
  });

  test('a push to the proxy project is denied, one to library wants the account', async () => {
    const push = (project: string, basic?: string) =>
      visitor.send('POST', `https://harbor.lab/v2/${project}/web/blobs/uploads/`, {
        headers: basic === undefined ? {} : { authorization: `Basic ${btoa(basic)}` },
      });
    const denied = await push('proxy', 'robot:secret');
    expect([denied.status, errorCode(denied)]).toEqual([403, 'DENIED']);
    expect((await push('library')).status).toBe(401);
    expect((await push('library', 'robot:secret')).status).toBe(202);
    expect((await push('missing', 'robot:secret')).status).toBe(401);
  });

  test('the private project asks for credentials, by token or Basic', async () => {
    await makeImage('harbor.lab/private/web:1.0');
    const url = manifestUrl('harbor.lab', 'private/web');
    const first = await visitor.get(url, ACCEPT);
    expect(first.headers['www-authenticate']).toBe(
      'Bearer realm="https://harbor.lab/service/token",service="harbor-registry",scope="repository:private/web:pull"',
    );
    expect((await pull(url)).status).toBe(401);
    expect((await pull(url, 'robot:secret')).status).toBe(200);
    expect((await pull(url, 'robot:wrong')).status).toBe(401);
    expect(
      (await visitor.get(url, { ...ACCEPT, authorization: `Basic ${btoa('robot:secret')}` })).status,
    ).toBe(200);
  });

  test('its web site answers every other path', async () => {
    const page = await visitor.get('https://harbor.lab/library/web/manifests/1.0');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('faults', () => {
  const url = manifestUrl('mirror2.lab', 'docker.io/library/web');
  const fault = { host: 'mirror2.lab', repository: 'docker.io/library/web' } as const;

  async function blobUrl(digests: ImageDigests): Promise<string> {
    const reference = digests.perPlatform['linux/amd64'] ?? '';
    const manifest = await visitor.get(manifestUrl(fault.host, fault.repository, reference), ACCEPT);
    const [layer] = (JSON.parse(manifest.body.toString()) as { layers: { digest: string }[] }).layers;
    return `https://${fault.host}/v2/${fault.repository}/blobs/${layer?.digest}`;
  }

  test.each([401, 403, 404, 429, 500, 502, 503] as const)('status %i', async (status) => {
    await makeImage('mirror2.lab/docker.io/library/web:1.0');
    const id = await upstreams.addFault({ ...fault, kind: 'status', status, retryAfterSeconds: 7 });
    const visit = await visitor.get(url, ACCEPT);
    expect(visit.status).toBe(status);
    if (status === 429)
      expect([errorCode(visit), visit.headers['retry-after']]).toEqual(['TOOMANYREQUESTS', '7']);
    await upstreams.removeFault(id);
    expect((await visitor.get(url, ACCEPT)).status).toBe(200);
  });

  test('concern whole names, the chosen kind, and the first N requests', async () => {
    const digests = await makeImage('mirror2.lab/docker.io/library/web:1.0', [
      'mirror2.lab/docker.io/library/web2:1.0',
    ]);
    await upstreams.addFault({ ...fault, kind: 'status', status: 500, only: 'manifests', first: 1 });
    expect((await visitor.get(manifestUrl('mirror2.lab', 'docker.io/library/web2'), ACCEPT)).status).toBe(
      200,
    );
    expect((await visitor.get(url, ACCEPT)).status).toBe(500);
    expect((await visitor.get(url, ACCEPT)).status).toBe(200);
    expect((await visitor.get(await blobUrl(digests))).status).toBe(200);
    expect(await upstreams.faults()).toMatchObject([{ kind: 'status', hits: 1 }]);
  });

  test('429 at Docker Hub comes after the token', async () => {
    await makeImage('docker.io/library/web:1.0');
    await upstreams.addFault({ host: 'docker.io', repository: 'library/web', kind: 'status', status: 429 });
    expect((await visitor.get(manifestUrl('registry-1.docker.io', 'library/web'))).status).toBe(401);
    expect((await pull(manifestUrl('registry-1.docker.io', 'library/web'))).status).toBe(429);
  });

  test('a token service can fail alone', async () => {
    await makeImage('docker.io/library/web:1.0');
    await upstreams.addFault({
      host: 'docker.io',
      repository: 'library/web',
      only: 'token',
      kind: 'status',
      status: 503,
    });
    const first = await visitor.get(manifestUrl('registry-1.docker.io', 'library/web'));
    const { visit } = await fetchToken(visitor, first.headers['www-authenticate'] ?? '');
    expect([first.status, visit.status]).toEqual([401, 503]);
  });

  test('html', async () => {
    await makeImage('mirror2.lab/docker.io/library/web:1.0');
    await upstreams.addFault({ ...fault, kind: 'html' });
    const visit = await visitor.get(url, ACCEPT);
    expect([visit.status, visit.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('slow: late by the first byte, or thin', async () => {
    const digests = await makeImage('mirror2.lab/docker.io/library/web:1.0');
    const blob = await blobUrl(digests);
    const late = await upstreams.addFault({ ...fault, kind: 'slow', firstByteDelayMs: 60_000 });
    await expect(impatient.get(url, ACCEPT)).rejects.toThrow('no answer');
    await upstreams.removeFault(late);
    await upstreams.addFault({ ...fault, kind: 'slow', only: 'blobs', bytesPerSecond: 10_000 });
    expect(digestOf((await visitor.get(blob)).body)).toBe(blob.split('/').at(-1));
    await upstreams.addFault({ ...fault, kind: 'slow', only: 'blobs', bytesPerSecond: 1 });
    expect((await visitor.get(url, ACCEPT)).status).toBe(200);
  });

  test('reset-blob', async () => {
    const digests = await makeImage('mirror2.lab/docker.io/library/web:1.0');
    const blob = await blobUrl(digests);
    await upstreams.addFault({ ...fault, kind: 'reset-blob' });
    await expect(visitor.get(blob)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await visitor.get(url, ACCEPT)).status).toBe(200);
  });

  test('wrong-digest', async () => {
    const digests = await makeImage('mirror2.lab/docker.io/library/web:1.0');
    await upstreams.addFault({ ...fault, kind: 'wrong-digest' });
    const visit = await visitor.get(url, ACCEPT);
    expect(visit.headers['docker-content-digest']).toBe(digests.index);
    expect(digestOf(visit.body)).not.toBe(digests.index);
    expect(() => JSON.parse(visit.body.toString())).not.toThrow();
  });

  test('without-platform: another index, true to its own digest', async () => {
    const digests = await makeImage('mirror2.lab/docker.io/library/web:1.0');
    const arm = digests.perPlatform['linux/arm64'] ?? '';
    await upstreams.addFault({ ...fault, kind: 'without-platform', platform: 'linux/arm64' });
    const visit = await visitor.get(url, ACCEPT);
    const trimmed = visit.headers['docker-content-digest'] ?? '';
    expect([trimmed, trimmed === digests.index]).toEqual([digestOf(visit.body), false]);
    expect(visit.body.toString()).not.toContain(arm);
    const byDigest = (reference: string) =>
      visitor.get(manifestUrl(fault.host, fault.repository, reference), ACCEPT);
    expect((await byDigest(trimmed)).body.equals(visit.body)).toBe(true);
    expect((await byDigest(digests.perPlatform['linux/amd64'] ?? '')).status).toBe(200);
    expect((await byDigest(arm)).status).toBe(404);
    expect((await byDigest(digests.index)).status).toBe(404);
  });

  test('require-auth, with the challenge of the host', async () => {
    await makeImage('docker.io/acme/web:1.0', ['mirror2.lab/docker.io/library/web:1.0']);
    await upstreams.addFault({ ...fault, kind: 'require-auth', username: 'me', password: 'mine' });
    await upstreams.addFault({ host: 'docker.io', repository: 'acme', kind: 'require-auth' });
    const first = await visitor.get(url, ACCEPT);
    expect([first.status, first.headers['www-authenticate']]).toEqual([401, 'Basic realm="mirror2.lab"']);
    const basic = (text: string) => visitor.get(url, { ...ACCEPT, authorization: `Basic ${btoa(text)}` });
    expect((await basic('me:mine')).status).toBe(200);
    expect((await basic('me:other')).status).toBe(401);
    const hub = manifestUrl('registry-1.docker.io', 'acme/web');
    expect([(await pull(hub)).status, (await pull(hub, 'robot:secret')).status]).toEqual([401, 200]);
  });
});

describe('states of a host', () => {
  const url = 'https://quay.io/v2/';

  test.each<[HostState, object]>([
    ['refuse', { code: 'ECONNREFUSED' }],
    ['reset', { code: 'ECONNRESET' }],
    ['hang-http', { message: 'no answer' }],
    ['tls-expired', { code: 'CERT_HAS_EXPIRED' }],
    ['tls-wrong-name', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
  ])('%s', async (state, error) => {
    expect((await upstreams.setHost('quay.io', state)).state).toBe(state);
    await expect(impatient.get(url)).rejects.toMatchObject(error);
    await upstreams.setHost('quay.io', 'up');
    expect((await visitor.get(url)).status).toBe(401);
  });

  test('a new state cuts the connections that are open', async () => {
    const { address, port } = await upstreams.setHost('quay.io', 'up');
    const socket = connect(port, address);
    await new Promise((resolve) => socket.once('connect', resolve));
    // Until the gate has accepted it too.
    await visitor.get(url);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume();
    await upstreams.setHost('quay.io', 'nxdomain');
    await closed;
  });

  test('an unknown host is an error', async () => {
    await expect(upstreams.setHost('example.com', 'up')).rejects.toThrow('no host here');
  });
});

test('the log tells what was asked, by whom, and how it ended', async () => {
  const before = (await upstreams.requests()).last;
  await makeImage('mirror2.lab/docker.io/library/web:1.0');
  await visitor.get(`${manifestUrl('mirror2.lab', 'docker.io/library/web')}?ns=docker.io`, ACCEPT);
  await visitor.get(manifestUrl('mirror2.lab', 'docker.io/library/absent'), ACCEPT);
  const log = await upstreams.requests({ host: 'mirror2.lab', since: before });
  expect(log).toMatchObject({ truncated: false, last: before + 2 });
  expect(log.requests).toMatchObject([
    { method: 'GET', repository: 'docker.io/library/web', status: 200, ns: 'docker.io', client: '127.0.0.1' },
    { repository: 'docker.io/library/absent', status: 404, ns: '' },
  ]);
  expect((await upstreams.requests({ repository: 'docker.io/library/web' })).requests).toHaveLength(1);
  expect((await upstreams.requests({ since: log.last })).requests).toEqual([]);
});
