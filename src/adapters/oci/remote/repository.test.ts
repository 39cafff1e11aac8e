import type { IncomingMessage } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../../test/support/images.ts';
import { isError } from '../../../core/base/index.ts';
import { digestOf } from '../../../core/image/index.ts';
import { createRegistryClient, type ImageRepository, type RegistryClient } from '../index.ts';

let registry: FaultyRegistry;
let client: RegistryClient;
let app: ImageRepository;
const bytes = Buffer.alloc(900_000, 'pullmend ');
const blob = { digest: digestOf(bytes), size: bytes.byteLength };

beforeEach(async () => {
  registry = await startFaultyRegistry();
  const limits = { retryPauseMs: 1, idleMs: 500, chunkBytes: 300_000 };
  client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } }, limits });
  app = client.repository({ registry: registry.authority, repository: 'acme/app' });
});
afterEach(async () => {
  await client.close();
  await registry.close();
});

async function* from(start: number, step = 50_000): AsyncGenerator<Uint8Array> {
  for (let at = start; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step);
}

async function stored(repository = 'acme/app') {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await registry.store.openBlob(repository, blob.digest))?.read() ?? []) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).equals(bytes);
}

function methods() {
  return registry.seen.map(({ method }) => method);
}

describe('a blob is sent', () => {
  test('as a whole', async () => {
    await app.pushBlob(blob, (start) => from(start));
    expect(await stored()).toBe(true);
    expect(methods()).toEqual(['POST', 'PUT']);
    expect(await app.hasBlob(blob.digest)).toBe(true);
  });

  test('in parts where the registry takes no large ones', async () => {
    registry.fault = (request, response) =>
      Number(request.headers['content-length']) > 400_000 && answer(response, 413);
    await app.pushBlob(blob, (start) => from(start));
    expect(await stored()).toBe(true);
    expect(methods().filter((it) => it === 'PATCH')).toHaveLength(3);
  });

  test('from the byte on that the registry has, after each cut', async () => {
    let put: IncomingMessage | undefined;
    registry.fault = (request) => {
      if (request.method === 'PUT') put = request;
      return false;
    };
    const starts: number[] = [];
    async function* cutTwice(start: number) {
      starts.push(start);
      let sent = start;
      for await (const chunk of from(start)) {
        yield chunk;
        sent += chunk.byteLength;
        // In step with the registry, so that the cut comes where something has arrived.
        while (starts.length < 3 && (await arrived()) < sent - 100_000) await nextTurn();
        if (starts.length < 3 && sent >= start + 300_000) put?.socket.resetAndDestroy();
      }
    }
    async function arrived(): Promise<number> {
      const id = /uploads\/([^/?]+)/.exec(put?.url ?? '')?.[1] ?? '';
      return (await registry.store.findUpload('acme/app', id))?.size ?? 0;
    }
    await app.pushBlob(blob, cutTwice);
    expect(await stored()).toBe(true);
    expect(starts).toHaveLength(3);
    expect(starts[1]).toBeGreaterThan(0);
    expect(starts[2]).toBeGreaterThan(starts[1] ?? 0);
  });

  test('from where another process left it', async () => {
    const upload = await registry.store.startUpload('acme/app');
    await upload.append(
      (async function* () {
        yield bytes.subarray(0, 600_000);
      })(),
    );
    const starts: number[] = [];
    const resume = `http://${registry.authority}/v2/acme/app/blobs/uploads/${upload.id}`;
    const open = (start: number) => (starts.push(start), from(start));
    await app.pushBlob(blob, open, { resume });
    expect([await stored(), starts]).toEqual([true, [600_000]]);
  });

  test('anew when that upload is gone', async () => {
    const resume = `http://${registry.authority}/v2/acme/app/blobs/uploads/00000000`;
    await app.pushBlob(blob, (start) => from(start), { resume });
    expect(await stored()).toBe(true);
  });

  test('never with other bytes', async () => {
    const wrong = { ...blob, digest: digestOf(Buffer.from('other')) };
    await expect(app.pushBlob(wrong, (start) => from(start))).rejects.toThrow();
    expect(await app.hasBlob(wrong.digest)).toBe(false);
  });

  test('to no other protocol, and to another host without the password', async () => {
    const location = 'ftp://127.0.0.1/upload';
    registry.fault = (request, response) => request.method === 'POST' && answer(response, 202, { location });
    await expect(app.pushBlob(blob, (start) => from(start))).rejects.toSatisfy(
      (error) =>
        isError(error, 'PM_REGISTRY_SERVER_ERROR') && (error.where ?? '').includes('ftp://, refused'),
    );
  });
});

describe('a blob is mounted', () => {
  test('from a repository that has it', async () => {
    await app.pushBlob(blob, (start) => from(start));
    const other = client.repository({ registry: registry.authority, repository: 'acme/other' });
    expect(await other.mountBlob(blob.digest, 'acme/app')).toBe(true);
    expect(await stored('acme/other')).toBe(true);
  });

  test('or else no upload is left behind', async () => {
    expect(await app.mountBlob(blob.digest, 'acme/none')).toBe(false);
    expect(methods()).toEqual(['POST', 'DELETE']);
  });
});

describe('manifests', () => {
  let image: TestImage;
  beforeEach(async () => {
    image = await makeImage({ seed: 'm', multiArch: false });
    await pushToStore(registry.store, 'acme/app', undefined, image);
  });

  test('are stored byte for byte, named, listed and deleted', async () => {
    await app.putManifest('1', image);
    await app.putManifest('2', image);
    expect(await app.headManifest('1')).toEqual({ digest: image.digest });
    expect(Buffer.from((await app.getManifest('1')).bytes).equals(image.bytes)).toBe(true);
    expect(await app.listTags()).toEqual(['1', '2']);
    await app.deleteManifest('2');
    expect(await app.listTags()).toEqual(['1']);
    await app.deleteManifest(image.digest);
    expect(await app.headManifest('1')).toBeUndefined();
  });

  test('are refused when the registry stored something else', async () => {
    registry.fault = (request, response) =>
      request.method === 'PUT' &&
      answer(response, 201, { 'docker-content-digest': digestOf(Buffer.from('x')) });
    await expect(app.putManifest('1', image)).rejects.toSatisfy((error) =>
      isError(error, 'PM_REGISTRY_DIGEST_MISMATCH'),
    );
  });

  test('a registry without digests in its headers is read in full', async () => {
    await app.putManifest('1', image);
    registry.fault = (request, response) =>
      request.method === 'HEAD' && answer(response, 200, { 'content-type': image.mediaType });
    expect(await app.headManifest('1')).toEqual({ digest: image.digest });
  });

  test('a used up budget stops before the registry has to refuse', async () => {
    await app.putManifest('1', image);
    registry.fault = (_request, response) => {
      response.setHeader('ratelimit-remaining', '1;w=21600');
      return false;
    };
    await app.headManifest('1');
    registry.fault = undefined;
    await app.getManifest('1');
    const before = registry.seen.length;
    await expect(app.getManifest('1')).rejects.toSatisfy((error) =>
      isError(error, 'PM_REGISTRY_RATE_LIMITED'),
    );
    expect(registry.seen).toHaveLength(before);
  });

  test('a 429 is waited for as long as it says and the caller allows', async () => {
    await app.putManifest('1', image);
    const patient = createRegistryClient({
      hosts: { [registry.authority]: { plainHttp: true } },
      limits: { rateWaitMs: 5_000, retryPauseMs: 1 },
    });
    let refused = 0;
    registry.fault = (_request, response) => ++refused === 1 && answer(response, 429, { 'retry-after': '0' });
    const found = await patient
      .repository({ registry: registry.authority, repository: 'acme/app' })
      .headManifest('1');
    await patient.close();
    expect([found?.digest, refused]).toEqual([image.digest, 2]);
  });
});
