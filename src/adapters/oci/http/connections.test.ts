import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { request } from 'undici';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAuthority, expiredValidity, type Authority } from '../../../../test/support/authority.ts';
import { startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { isError } from '../../../core/base/index.ts';
import { parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type ClientOptions, type HostSettings } from '../index.ts';
import { defaultLimits } from '../options.ts';
import { Connections } from './connections.ts';

const name = 'registry.test';
const open: { close(): Promise<void> }[] = [];
let authority: Authority;

beforeAll(async () => {
  authority = await createAuthority('pullmend test');
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((it) => it.close()));
});

async function start(tls?: { cert: string; key: string; ca?: string }): Promise<FaultyRegistry> {
  const registry = await startFaultyRegistry(tls && { tls });
  open.push(registry);
  await pushToStore(registry.store, 'web', '1', await makeImage({ seed: 'w' }));
  return registry;
}

async function probe(settings: HostSettings, options: Omit<ClientOptions, 'hosts'> = {}) {
  const client = createRegistryClient({ hosts: { [name]: settings }, ...options });
  open.push(client);
  return client.probe(parseReference(`${name}/web:1`));
}

function at(registry: FaultyRegistry) {
  return { dial: { host: '127.0.0.1', port: registry.port } };
}

describe('certificates', () => {
  test('of an authority that is given are trusted, from text and from a file', async () => {
    const registry = await start(await authority.issue(name));
    expect((await probe({ ...at(registry), ca: authority.certificate })).outcome).toBe('works');
    const folder = await mkdtemp(path.join(tmpdir(), 'pullmend-ca-'));
    open.push({ close: () => rm(folder, { recursive: true }) });
    const caFile = path.join(folder, 'ca.pem');
    await writeFile(caFile, authority.certificate);
    expect((await probe({ ...at(registry), caFile })).outcome).toBe('works');
  });

  test('of an unknown authority are not', async () => {
    const found = await probe(at(await start(await authority.issue(name))));
    expect(found.outcome).toBe('tls');
    expect(found.detail).toMatch(
      /^GET https:\/\/registry\.test\/v2\/web\/manifests\/1 → TLS: unable to verify/,
    );
  });

  test.each([
    ['another name', () => authority.issue('other.test'), /TLS: Hostname\/IP does not match/],
    ['the past', () => authority.issue(name, expiredValidity()), /TLS: certificate has expired/],
  ])('for %s are not', async (_, issue, detail) => {
    const found = await probe({ ...at(await start(await issue())), ca: authority.certificate });
    expect([found.outcome, detail.test(found.detail)]).toEqual(['tls', true]);
  });

  test('plain HTTP where TLS is expected is said so', async () => {
    const found = await probe(at(await start()));
    expect([found.outcome, found.detail.endsWith('→ it speaks plain HTTP')]).toEqual(['tls', true]);
  });

  test('of the client are shown to a host that asks for one', async () => {
    const registry = await start({ ...(await authority.issue(name)), ca: authority.certificate });
    const folder = await mkdtemp(path.join(tmpdir(), 'pullmend-client-'));
    open.push({ close: () => rm(folder, { recursive: true }) });
    const pair = await authority.issue('client.test');
    const stranger = await authority.issue('client.test');
    const files = { 'client.pem': pair.cert, 'client.key': pair.key, 'other.key': stranger.key };
    for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
    const trusted = { ...at(registry), ca: authority.certificate };
    const shown = { ...trusted, clientCertFile: path.join(folder, 'client.pem') };
    expect((await probe({ ...shown, clientKeyFile: path.join(folder, 'client.key') })).outcome).toBe('works');
    // OpenSSL sends an alert, Node only hangs up.
    expect((await probe(trusted)).outcome).toMatch(/^(?:tls|unreachable)$/);
    for (const key of ['other.key', 'client.pem', 'absent']) {
      await expect(probe({ ...shown, clientKeyFile: path.join(folder, key) })).rejects.toSatisfy((error) =>
        isError(error, 'PM_TLS_FILE_UNREADABLE'),
      );
    }
  });

  test('a file that holds none is a mistake of the configuration', async () => {
    await expect(probe({ caFile: '/nowhere/ca.pem' })).rejects.toSatisfy((error) =>
      isError(error, 'PM_TLS_FILE_UNREADABLE'),
    );
  });
});

test('plain HTTP when it is wanted', async () => {
  expect((await probe({ ...at(await start()), plainHttp: true })).outcome).toBe('works');
});

describe('private addresses', () => {
  test('are out of reach for what a public registry names', async () => {
    const registry = await start();
    const connections = new Connections({ hosts: { [name]: at(registry) } }, defaultLimits);
    open.push(connections);
    expect(connections.reachFrom(new URL('https://quay.io/'))).toBe('public');
    expect(connections.reachFrom(new URL('https://10.0.0.1/'))).toBe('inside');
    for (const url of ['http://169.254.169.254/', `http://localhost:${registry.port}/`]) {
      await expect(connections.dispatcher(new URL(url), 'public')).rejects.toThrow(
        /(?:private|link-local or metadata) address/,
      );
    }
    // The name itself tells nothing; where it leads to does.
    const url = new URL(`http://${name}/v2/`);
    const dispatcher = await connections.dispatcher(url, 'public');
    await expect(request(url, { dispatcher })).rejects.toThrow('private address');
    expect(registry.seen).toHaveLength(0);
  });
});

describe('proxies', () => {
  async function startProxy() {
    const asked: string[] = [];
    let target = 0;
    const server = createServer().on('connect', (incoming, socket, head) => {
      asked.push(incoming.url ?? '');
      const upstream = connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      for (const end of [socket, upstream]) end.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push({
      async close() {
        server.close();
        server.closeAllConnections();
      },
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      asked,
      leadTo: (registry: FaultyRegistry) => (target = registry.port),
    };
  }

  test('are used, with the authority of the host', async () => {
    const proxy = await startProxy();
    proxy.leadTo(await start(await authority.issue(name)));
    const env = { HTTPS_PROXY: proxy.url };
    expect((await probe({ ca: authority.certificate }, { env })).outcome).toBe('works');
    expect([...new Set(proxy.asked)]).toEqual([`${name}:443`]);
    expect((await probe({}, { env })).outcome).toBe('tls');
  });

  test('are left out for a host that is dialled elsewhere', async () => {
    const proxy = await startProxy();
    const registry = await start(await authority.issue(name));
    const settings = { ...at(registry), ca: authority.certificate };
    expect((await probe(settings, { env: { https_proxy: proxy.url } })).outcome).toBe('works');
    expect(proxy.asked).toEqual([]);
  });
});
