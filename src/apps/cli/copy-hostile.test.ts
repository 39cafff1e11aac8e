import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf, mediaType } from '../../core/image/index.ts';
import {
  answer,
  startFaultyRegistry,
  type Fault,
  type FaultyRegistry,
} from '../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../test/support/images.ts';
import { runIn } from './testing/world.ts';

let source: FaultyRegistry;
let target: FaultyRegistry;
let image: TestImage;
let home: string;

beforeEach(async () => {
  source = await startFaultyRegistry();
  target = await startFaultyRegistry();
  image = await makeImage({ seed: 'hostile', layerBytes: 300_000 });
  await pushToStore(source.store, 'acme/app', '1', image);
  home = await mkdtemp(join(tmpdir(), 'pullmend-hostile-'));
});
afterEach(async () => {
  await source.close();
  await target.close();
  await rm(home, { recursive: true });
});

async function copy(...more: readonly string[]) {
  const names = [`${source.authority}/acme/app:1`, `${target.authority}/lib/app:1`];
  const flags = [source, target].flatMap(({ authority }) => ['--plain-http', authority]);
  return await runIn({ env: { XDG_STATE_HOME: home } }, 'copy', ...names, ...flags, ...more);
}

/** What the registry answers to every request for a manifest. */
function manifest(bytes: Uint8Array, type: string): Fault {
  return (request, response) =>
    (request.url ?? '').includes('/manifests/') && answer(response, 200, { 'content-type': type }, bytes);
}

function index(...digests: readonly string[]): Uint8Array {
  return indexOf(digests, 1);
}

function indexOf(digests: readonly string[], size: number): Uint8Array {
  const manifests = digests.map((digest) => ({ mediaType: mediaType.ociIndex, digest, size }));
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaType.ociIndex, manifests }));
}

/** Indexes below one another, each of which names the next one many times. */
function towers(levels: number, width: number): Fault {
  const known = new Map<string, Uint8Array>();
  let top = digestOf(image.bytes);
  let size = image.bytes.byteLength;
  for (let level = 0; level < levels; level++) {
    const bytes = indexOf(
      Array.from({ length: width }, () => top),
      size,
    );
    top = digestOf(bytes);
    size = bytes.byteLength;
    known.set(top, bytes);
  }
  return (request, response) => {
    const name = (request.url ?? '').split('/manifests/')[1];
    const bytes = known.get(name === '1' ? top : (name ?? ''));
    return bytes !== undefined && answer(response, 200, { 'content-type': mediaType.ociIndex }, bytes);
  };
}

function at(part: RegExp, reply: (request: IncomingMessage, response: ServerResponse) => boolean): Fault {
  return (request, response) => part.test(request.url ?? '') && reply(request, response);
}

const layer = /\/blobs\/sha256:/;
const digestOfNothing = `sha256:${'0'.repeat(64)}`;
const notARegistry = 'PM_MIRROR_NOT_A_REGISTRY';

describe('a source that means harm is bounced', () => {
  test.each<readonly [string, () => Fault, string]>([
    ['a web page for a manifest', () => manifest(Buffer.from('<html>'), 'text/html'), notARegistry],
    [
      'a manifest of 10 MB',
      () => manifest(Buffer.alloc(10_000_000, ' '), mediaType.ociManifest),
      notARegistry,
    ],
    [
      'an index of 100,000 entries',
      () => manifest(index(...Array.from({ length: 100_000 }, () => digestOfNothing)), mediaType.ociIndex),
      notARegistry,
    ],
    [
      'an index of 2,000 entries',
      () => manifest(index(...Array.from({ length: 2_000 }, () => digestOfNothing)), mediaType.ociIndex),
      notARegistry,
    ],
    ['indexes nested without end', () => towers(40, 1), notARegistry],
    [
      'an index that tells another size of its image',
      () => manifest(index(digestOf(image.bytes)), mediaType.ociIndex),
      'PM_REGISTRY_DIGEST_MISMATCH',
    ],
    [
      'a layer in two sizes',
      () => {
        const layerOf = (size: number) => ({
          mediaType: 'application/vnd.oci.image.layer.v1.tar',
          digest: digestOfNothing,
          size,
        });
        const config = {
          mediaType: 'application/vnd.oci.image.config.v1+json',
          digest: `sha256:${'1'.repeat(64)}`,
          size: 2,
        };
        const text = {
          schemaVersion: 2,
          mediaType: mediaType.ociManifest,
          config,
          layers: [layerOf(5), layerOf(6)],
        };
        return manifest(Buffer.from(JSON.stringify(text)), mediaType.ociManifest);
      },
      'PM_REGISTRY_DIGEST_MISMATCH',
    ],
    [
      'an index that names itself',
      () => manifest(index(digestOfNothing), mediaType.ociIndex),
      'PM_REGISTRY_DIGEST_MISMATCH',
    ],
    [
      'a digest that is a path',
      () => manifest(index('sha256:../../../etc/passwd'), mediaType.ociIndex),
      notARegistry,
    ],
    [
      'other bytes for a layer',
      () => at(layer, (_request, response) => answer(response, 200, {}, Buffer.alloc(300_000))),
      'PM_REGISTRY_DIGEST_MISMATCH',
    ],
    [
      'a layer without end',
      () =>
        at(layer, (_request, response) => {
          const pour = (): void => {
            while (!response.destroyed && response.write(Buffer.alloc(65_536)));
          };
          response.writeHead(200);
          response.on('drain', pour);
          pour();
          return true;
        }),
      'PM_REGISTRY_DIGEST_MISMATCH',
    ],
    [
      'a way to a file of this machine',
      () => at(layer, (_request, response) => answer(response, 307, { location: 'file:///etc/passwd' })),
      'PM_REGISTRY_SERVER_ERROR',
    ],
  ])('%s', async (_, fault, code) => {
    source.fault = fault();
    const ran = await copy('-o', 'json');
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({ items: [{ state: 'failed', error: { code } }] });
    expect(source.seen.length).toBeLessThan(60);
    expect((await target.store.listTags('lib/app')) ?? []).toEqual([]);
  });

  test('an index that names one image a thousand times on each of three levels costs one look at each', async () => {
    source.fault = towers(3, 900);
    expect((await copy()).code).toBe(0);
    expect(source.seen.filter(({ path }) => path.includes('/manifests/')).length).toBeLessThan(12);
  });

  test('the addresses of foreign layers are never asked', async () => {
    const bait = await startFaultyRegistry();
    const [first] = image.manifests;
    const whole = JSON.parse(Buffer.from(first?.bytes ?? []).toString('utf8')) as { layers: object[] };
    const foreign = {
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      digest: digestOfNothing,
      size: 10,
      urls: [`http://${bait.authority}/layer`],
    };
    const bytes = Buffer.from(JSON.stringify({ ...whole, layers: [foreign, ...whole.layers] }));
    await source.store.putManifest(
      'acme/app',
      { mediaType: mediaType.ociManifest, bytes, digest: digestOf(bytes) },
      ['1'],
    );
    expect((await copy()).code).toBe(0);
    expect(bait.seen).toEqual([]);
    await bait.close();
  });
});

describe('a target', () => {
  test.each([
    ['that is read-only', 405, 'UNSUPPORTED'],
    ['where nothing may be pushed', 403, 'DENIED'],
    ['whose disk is full', 507, 'UNKNOWN'],
  ])('%s is told, and gets no tag', async (_, status, word) => {
    const body = JSON.stringify({ errors: [{ code: word, message: 'no' }] });
    target.fault = (request, response) =>
      request.method !== 'GET' && request.method !== 'HEAD' && answer(response, status, {}, body);
    const ran = await copy();
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(new RegExp(`PM_REGISTRY_\\w+[\\s\\S]*${status} ${word}`));
    expect((await target.store.listTags('lib/app')) ?? []).toEqual([]);
  });

  test('whose token ends in the middle of a large upload gets the blob all the same', async () => {
    let tokens = 0;
    let used = 0;
    target.fault = (request, response) => {
      if (request.url?.startsWith('/token') === true) {
        tokens += 1;
        return answer(
          response,
          200,
          { 'content-type': 'application/json' },
          JSON.stringify({ token: `t${tokens}`, expires_in: 300 }),
        );
      }
      const isUpload = request.method === 'PUT' && (request.url ?? '').includes('/uploads/');
      const isStale = isUpload && Number(request.headers['content-length']) > 200_000 && used++ === 0;
      if (request.headers.authorization !== undefined && !isStale) return false;
      const challenge = `Bearer realm="http://${target.authority}/token",service="s"`;
      request.resume();
      request.on('end', () => answer(response, 401, { 'www-authenticate': challenge }));
      return true;
    };
    expect((await copy()).code).toBe(0);
    expect([used > 1, tokens > 1]).toEqual([true, true]);
    expect(await target.store.listTags('lib/app')).toEqual(['1']);
  });
});
