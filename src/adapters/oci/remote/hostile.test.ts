import { createHash } from 'node:crypto';
import { lookup } from 'node:dns';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type LookupFunction, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore } from '../../../../test/support/images.ts';
import { digestOf, parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type BlobRef, type Keychain, type RegistryClient } from '../index.ts';

const limits = { retryPauseMs: 1, retries: 1, smallBlobBytes: 1000 };
/** Short, so that what only ends by a limit ends soon. */
const short = {
  connectMs: 150,
  headersMs: 150,
  idleMs: 150,
  documentMs: 300,
  commitMs: 300,
  paceMs: 300,
};
const robot: Keychain = {
  find: async () => ({ type: 'basic', username: 'robot', password: 'secret-of-robot' }),
};
/** Names that lead to what nobody may be sent to; everything else is as the system has it. */
const resolve: LookupFunction = (name, options, callback) => {
  const address = { 'metadata.test': '169.254.169.254', 'mapped.test': '::ffff:a9fe:a9fe' }[name];
  if (address === undefined) return lookup(name, options, callback);
  callback(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
};

let registry: FaultyRegistry;
let client: RegistryClient;
const closing: (() => Promise<void> | void)[] = [];

beforeEach(async () => {
  registry = await startFaultyRegistry();
  client = clientOf(registry.authority);
});
afterEach(async () => {
  await client.close();
  await registry.close();
  for (const close of closing.splice(0)) await close();
});

function clientOf(authority: string, bounds = {}): RegistryClient {
  return createRegistryClient({
    hosts: { [authority]: { plainHttp: true } },
    credentials: robot,
    limits: { ...limits, ...bounds },
    resolve,
  });
}

function at(authority: string, rest = 'acme/app:1') {
  return parseReference(`${authority}/${rest}`);
}

const content = Buffer.alloc(5000, 'layer');
const blob: BlobRef = { digest: digestOf(content), size: content.length };

async function* bytes(from: number): AsyncGenerator<Uint8Array> {
  yield content.subarray(from);
}

async function download(authority: string, what: BlobRef = blob): Promise<number> {
  let length = 0;
  for await (const chunk of client.readBlob(at(authority), what)) length += chunk.length;
  return length;
}

async function upload(authority: string): Promise<unknown> {
  return await client.repository(at(authority)).pushBlob(blob, bytes);
}

/** A server of bytes: what HTTP libraries would not send. */
async function raw(serve: (socket: Socket, asked: string) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    closing.push(() => void socket.destroy());
    socket.once('data', (data) => serve(socket, data.toString('latin1')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await client.close();
  client = clientOf(authority, short);
  return authority;
}

function every(socket: Socket, milliseconds: number, write: () => void): void {
  const timer = setInterval(() => (socket.destroyed ? clearInterval(timer) : write()), milliseconds);
  closing.push(() => clearInterval(timer));
}

/** Whoever hands out credentials to whoever asks, however it is written. */
const hidden = [
  '169.254.169.254',
  '169.254.170.2',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '[fe80::1]',
  '[fe80::a9fe:a9fe]',
  '[fd00:ec2::254]',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '[0:0:0:0:0:ffff:a9fe:a9fe]',
  '[::169.254.169.254]',
  '[64:ff9b::169.254.169.254]',
  '[2002:a9fe:a9fe::]',
  '100.100.100.200',
  'metadata.test',
  'mapped.test',
];

type Way = {
  readonly name: string;
  readonly fault: (target: string) => (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly ask: () => Promise<unknown>;
};

const redirectOf =
  (part: string) => (target: string) => (request: IncomingMessage, response: ServerResponse) =>
    request.url?.includes(part) === true
      ? answer(response, 307, { location: `http://${target}/latest` })
      : false;

const ways: readonly Way[] = [
  {
    name: 'the realm of a token',
    fault: (target) => (_, response) =>
      answer(response, 401, { 'www-authenticate': `Bearer realm="http://${target}/token",service="s"` }),
    ask: async () => await client.getManifest(at(registry.authority)),
  },
  {
    name: 'the redirect of a manifest',
    fault: redirectOf('/manifests/'),
    ask: async () => await client.getManifest(at(registry.authority)),
  },
  {
    name: 'the redirect of a blob',
    fault: redirectOf('/blobs/'),
    ask: async () => await download(registry.authority),
  },
  {
    name: 'the place of an upload',
    fault: (target) => (request, response) =>
      request.method === 'POST' ? answer(response, 202, { location: `http://${target}/upload?x=1` }) : false,
    ask: async () => await upload(registry.authority),
  },
  {
    name: 'the redirect of an upload',
    fault: (target) => (request, response) =>
      request.method === 'PUT' ? answer(response, 307, { location: `http://${target}/upload` }) : false,
    ask: async () => await upload(registry.authority),
  },
];

describe('a registry, a private one too, sends nobody to link-local and metadata addresses', () => {
  const rows = ways.flatMap((way) =>
    hidden.map((target) => ({ way, target, name: `${way.name}: ${target}` })),
  );
  test.each(rows)('$name', async ({ way, target }) => {
    registry.fault = way.fault(target);
    await expect(way.ask()).rejects.toMatchObject({
      where: expect.stringContaining('link-local or metadata address') as string,
    });
  });
});

describe('a registry that never ends', () => {
  const info = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
  const rows: readonly (readonly [string, (socket: Socket, asked: string) => void])[] = [
    ['interim replies without end', (socket) => every(socket, 20, () => socket.write(info))],
    [
      '100 Continue without end',
      (socket) => every(socket, 20, () => socket.write('HTTP/1.1 100 Continue\r\n\r\n')),
    ],
    ['a status line that trickles', (socket) => every(socket, 100, () => socket.write('H'))],
    [
      'headers that trickle',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        every(socket, 50, () => socket.write('x'));
      },
    ],
    ['nothing', () => undefined],
    ['the end at once', (socket) => socket.end()],
    ['one byte, then the end', (socket) => socket.end('H')],
    ['a reset', (socket) => socket.resetAndDestroy()],
    ['what is no HTTP', (socket) => socket.end('SSH-2.0-x\r\n')],
    ['headers without end', (socket) => every(socket, 1, () => socket.write(`a: ${'x'.repeat(4000)}\r\n`))],
    [
      'a body that trickles',
      (socket) => {
        socket.write(
          'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        );
        every(socket, 50, () => socket.write('1\r\nx\r\n'));
      },
    ],
    ['a body that stops', (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\nx')],
  ];
  const asks: readonly (readonly [string, (authority: string) => Promise<unknown>])[] = [
    ['a manifest', async (authority) => await client.getManifest(at(authority))],
    ['a head', async (authority) => await client.repository(at(authority)).headManifest('1')],
    ['a blob', async (authority) => await download(authority)],
    [
      'whether a blob is there',
      async (authority) => await client.repository(at(authority)).hasBlob(blob.digest),
    ],
    ['tags', async (authority) => await client.repository(at(authority)).listTags()],
    ['an upload', upload],
  ];
  const table = rows.flatMap(([what, serve]) => asks.map(([asked, ask]) => ({ what, serve, asked, ask })));
  test.each(table)('$asked, answered by $what', { timeout: 20_000 }, async ({ serve, ask }) => {
    const authority = await raw(serve);
    const result = await ask(authority).catch((error: unknown) => error);
    // `whether a blob is there` and `a head` need no body: the head alone may be an answer.
    if (result instanceof Error)
      expect(result).toMatchObject({ code: expect.stringMatching(/^PM_/) as string });
    else expect(result).not.toBe('sent');
  });

  test('a blob of one byte a connection', async () => {
    let connections = 0;
    registry.fault = (request, response) => {
      connections += 1;
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const headers = { 'content-length': String(blob.size - from) };
      const range = { 'content-range': `bytes ${from}-${blob.size - 1}/${blob.size}` };
      response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : { ...headers, ...range });
      response.write(content.subarray(from, from + 1), () => response.destroy());
      return true;
    };
    await expect(download(registry.authority)).rejects.toMatchObject({ code: 'PM_REGISTRY_UNREACHABLE' });
    expect(connections).toBeLessThan(200);
  });

  /** An upload that is cut each time, and told to have arrived as far as the next of these. */
  async function cutUpload(ranges: (time: number) => number): Promise<number> {
    let times = 0;
    registry.fault = (request, response) => {
      const location = '/v2/acme/app/blobs/uploads/one';
      if (request.method === 'POST') return answer(response, 202, { location });
      if (request.method === 'GET' && request.url === location) {
        times += 1;
        return answer(response, 204, { location, range: `0-${ranges(times)}` });
      }
      if (request.method !== 'PUT') return false;
      request.socket.destroy();
      return true;
    };
    await expect(upload(registry.authority)).rejects.toMatchObject({ code: 'PM_REGISTRY_UNREACHABLE' });
    return times;
  }

  test.each([
    ['grows by one byte', (time: number) => time],
    ['goes back and forth', (time: number) => (time % 2 === 0 ? 4000 : 10)],
    ['goes back and forth, a little further each time', (time: number) => (time % 2 === 0 ? 100 + time : 10)],
    ['stays', () => 100],
    ['is as long as the blob', () => 4999],
    ['is longer than the blob', () => 10_000],
  ])('an upload whose range %s', async (_, ranges) => {
    expect(await cutUpload(ranges)).toBeLessThan(300);
  });

  test('an upload to who reads nothing', { timeout: 20_000 }, async () => {
    const authority = await raw((socket, asked) => {
      const location = '/v2/acme/app/blobs/uploads/one';
      if (asked.startsWith('POST'))
        socket.end(
          `HTTP/1.1 202 Accepted\r\nlocation: ${location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
        );
      else if (asked.startsWith('PUT')) socket.pause();
      else socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
    const large: BlobRef = { digest: blob.digest, size: 64 * 1024 * 1024 };
    const chunk = Buffer.alloc(1024 * 1024);
    const push = client.repository(at(authority)).pushBlob(large, async function* () {
      for (let sent = 0; sent < large.size; sent += chunk.length) yield chunk;
    });
    await expect(push).rejects.toMatchObject({ code: 'PM_REGISTRY_UNREACHABLE' });
  });

  test.each([
    ['tags', 'link', '/v2/acme/app/tags/list?n=1', '{"tags":["a"]}'],
    ['redirects', 'location', '', ''],
  ])('%s that lead from one to the next', async (what, header, _, body) => {
    let asked = 0;
    registry.fault = (request, response) => {
      asked += 1;
      const next =
        header === 'link' ? `<${request.url}&x=${asked}>; rel="next"` : `${request.url}&x=${asked}`;
      return answer(response, header === 'link' ? 200 : 307, { [header]: next }, body);
    };
    const tags = client
      .repository(at(registry.authority))
      .listTags()
      .catch((error: unknown) => error);
    await tags;
    expect(asked).toBeLessThanOrEqual(what === 'tags' ? 200 : 50);
  });
});

describe('a registry that contradicts itself', () => {
  const other = digestOf(Buffer.from('other'));
  const blobRows: readonly (readonly [string, (from: number, response: ServerResponse) => boolean])[] = [
    ['fewer bytes', (_, response) => answer(response, 200, {}, content.subarray(0, 100))],
    ['more bytes', (_, response) => answer(response, 200, {}, Buffer.concat([content, content]))],
    ['other bytes', (_, response) => answer(response, 200, {}, Buffer.alloc(blob.size, 'x'))],
    [
      'another length',
      (_, response) => answer(response, 200, { 'content-length': '4' }, content.subarray(0, 4)),
    ],
    ['a page', (_, response) => answer(response, 200, { 'content-type': 'text/html' }, '<html>')],
    ['nothing', (_, response) => answer(response, 200)],
    ['a part that was not asked for', (_, response) => answer(response, 206, {}, content)],
    ['204', (_, response) => answer(response, 204)],
  ];
  test.each(blobRows)('a blob of %s', async (_, serve) => {
    registry.fault = (_request, response) => serve(0, response);
    await expect(download(registry.authority)).rejects.toMatchObject({
      code: expect.stringMatching(/^PM_/) as string,
    });
  });

  test.each([
    ['another place', 'bytes 0-4999/5000'],
    ['another whole', 'bytes 2500-4999/9000'],
    ['no range', 'x'],
  ])('a blob that goes on with %s', async (_, range) => {
    registry.fault = (request, response) => {
      if (request.headers.range !== undefined)
        return answer(response, 206, { 'content-range': range }, content.subarray(2500));
      response.writeHead(200, { 'content-length': String(blob.size) });
      response.write(content.subarray(0, 2500), () => response.destroy());
      return true;
    };
    await expect(download(registry.authority)).rejects.toMatchObject({ code: 'PM_REGISTRY_DIGEST_MISMATCH' });
  });

  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: other, size: 2 },
      layers: [],
    }),
  );
  const type = { 'content-type': 'application/vnd.oci.image.manifest.v1+json' };
  test.each([
    ['told', { ...type, 'docker-content-digest': other }],
    ['told in two ways', { ...type, 'docker-content-digest': [digestOf(manifest), other] }],
  ])('a manifest whose digest is not the one %s', async (_, headers) => {
    registry.fault = (_request, response) => {
      response.writeHead(200, headers);
      response.end(manifest);
      return true;
    };
    await expect(client.getManifest(at(registry.authority))).rejects.toMatchObject({
      code: 'PM_REGISTRY_DIGEST_MISMATCH',
    });
  });

  test('a head that tells another digest than it was asked for', async () => {
    registry.fault = (_request, response) =>
      answer(response, 200, { ...type, 'docker-content-digest': other });
    await expect(client.repository(at(registry.authority)).headManifest(blob.digest)).rejects.toMatchObject({
      code: 'PM_REGISTRY_DIGEST_MISMATCH',
    });
  });

  test.each([
    [
      'a manifest',
      async () =>
        await client
          .repository(at(registry.authority))
          .putManifest('1', { mediaType: type['content-type'], bytes: manifest, digest: digestOf(manifest) }),
    ],
    ['a blob', async () => await upload(registry.authority)],
  ])('%s that is stored under another digest', async (_, put) => {
    registry.fault = (request, response) =>
      request.method === 'PUT' ? answer(response, 201, { 'docker-content-digest': other }) : false;
    await expect(put()).rejects.toMatchObject({ code: 'PM_REGISTRY_DIGEST_MISMATCH' });
  });

  test.each([
    ['of a platform that is needed', ['linux/amd64']],
    ['where nobody says which platforms are needed', []],
  ])('an index without its manifest, %s', async (_, platforms) => {
    const image = await makeImage({ seed: 'i' });
    await pushToStore(registry.store, 'acme/app', '1', image);
    registry.fault = (request, response) =>
      /manifests\/sha256/.test(request.url ?? '') ? answer(response, 404) : false;
    expect((await client.probe(at(registry.authority), { platforms })).outcome).toBe('platform-missing');
    registry.fault = undefined;
    expect((await client.probe(at(registry.authority), { platforms })).outcome).toBe('works');
  });
});

test('no password goes to another host, whatever is answered', async () => {
  const elsewhere = await startFaultyRegistry();
  closing.push(async () => await elsewhere.close());
  elsewhere.fault = (_request, response) => answer(response, 404);
  const secret = createHash('sha256').update('secret-of-robot').digest('hex');
  for (const way of ways) {
    registry.fault = way.fault(elsewhere.authority);
    await client.close();
    client = clientOf(registry.authority);
    await way.ask().catch(() => undefined);
  }
  // The service of tokens that a registry names is asked with the password: that is the protocol.
  const others = elsewhere.seen.filter(({ path }) => !path.startsWith('/token'));
  expect(others.length).toBeGreaterThan(2);
  expect(others.every(({ authorization }) => authorization === undefined)).toBe(true);
  expect(JSON.stringify(others)).not.toContain(secret);
});
