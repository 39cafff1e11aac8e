import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer, startFaultyRegistry, type FaultyRegistry } from '../../../../test/support/faulty.ts';
import { makeImage, pushToStore, type TestImage } from '../../../../test/support/images.ts';
import { isError, type ErrorCode } from '../../../core/base/index.ts';
import { digestOf, parseReference } from '../../../core/image/index.ts';
import { createRegistryClient, type BlobRef, type RegistryClient } from '../index.ts';

let registry: FaultyRegistry;
let client: RegistryClient;
let image: TestImage;

beforeEach(async () => {
  registry = await startFaultyRegistry();
  const limits = { retryPauseMs: 1, idleMs: 300 };
  client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } }, limits });
  image = await makeImage({ seed: 'blobs', layerBytes: 200_000 });
  await pushToStore(registry.store, 'acme/app', '1', image);
});
afterEach(async () => {
  await client.close();
  await registry.close();
});

function app() {
  return parseReference(`${registry.authority}/acme/app:1`);
}

async function read(blob: BlobRef) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of client.readBlob(app(), blob)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function largest(): BlobRef {
  const [digest, bytes] = [...image.blobs].toSorted(([, a], [, b]) => b.byteLength - a.byteLength)[0] ?? [];
  return { digest: digest ?? '', size: bytes?.byteLength ?? 0 };
}

function failure(code: ErrorCode, detail: RegExp) {
  return (error: unknown) => isError(error, code) && detail.test(error.where ?? '');
}

describe('readBlob', () => {
  test('every blob of an image, from its manifests', async () => {
    const index = await client.getManifest(app());
    if (index.manifest.kind !== 'index') expect.unreachable();
    const read1 = new Map<string, string>();
    for (const { digest } of index.manifest.manifests) {
      const { manifest } = await client.getManifest({ ...app(), digest });
      if (manifest.kind !== 'image') expect.unreachable();
      for (const blob of [manifest.config, ...manifest.layers])
        read1.set(blob.digest, digestOf(await read(blob)));
    }
    expect([...read1.keys()].toSorted()).toEqual([...image.blobs.keys()].toSorted());
    expect([...read1].every(([expected, actual]) => expected === actual)).toBe(true);
  });

  test('a body that creeps without end is given up, however long it stays alive', async () => {
    const blob = largest();
    await client.close();
    const limits = { retryPauseMs: 1, idleMs: 300, paceMs: 100, paceBytes: 1_000 };
    client = createRegistryClient({ hosts: { [registry.authority]: { plainHttp: true } }, limits });
    registry.fault = (_request, response) => {
      response.writeHead(200, { 'content-length': String(blob.size) });
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
      return true;
    };
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_UNREACHABLE', /the reply creeps/));
    expect(registry.seen).toHaveLength(1);
  });

  test('other bytes of the same size', async () => {
    const blob = largest();
    registry.fault = (_request, response) => answer(response, 200, {}, Buffer.alloc(blob.size));
    await expect(read(blob)).rejects.toSatisfy(
      failure('PM_REGISTRY_DIGEST_MISMATCH', /its digest is sha256:/),
    );
  });

  test.each([
    ['fewer', -1],
    ['more', 1],
  ])('%s bytes', async (word, more) => {
    const blob = largest();
    registry.fault = (_request, response) => answer(response, 200, {}, Buffer.alloc(blob.size + more));
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_DIGEST_MISMATCH', new RegExp(word)));
  });

  test('a connection that is cut in the middle', async () => {
    const blob = largest();
    registry.fault = (request, response) => {
      response.writeHead(200, { 'content-length': String(blob.size) });
      response.write(Buffer.alloc(1000), () => request.socket.resetAndDestroy());
      return true;
    };
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_UNREACHABLE', /reset|closed/));
  });

  test('a line that cuts every connection still ends', async () => {
    const blob = largest();
    const body = image.blobs.get(blob.digest) ?? new Uint8Array();
    const ranges: string[] = [];
    registry.fault = (request, response) => {
      const { range = 'bytes=0-' } = request.headers;
      ranges.push(range);
      const from = Number(/\d+/.exec(range)?.[0]);
      const headers = { 'content-length': String(blob.size - from) };
      const part = { ...headers, 'content-range': `bytes ${from}-${blob.size - 1}/${blob.size}` };
      response.writeHead(from === 0 ? 200 : 206, from === 0 ? headers : part);
      response.write(body.subarray(from, from + 30_000), () => {
        if (from + 30_000 >= blob.size) response.end();
        else request.socket.end();
      });
      return true;
    };
    expect(digestOf(await read(blob))).toBe(blob.digest);
    expect(ranges.length).toBeGreaterThan(5);
  });

  test('after a cut it asks for parts, so that little is lost with the next one; larger ones as the line holds', async () => {
    const body = Buffer.alloc(80 * 1024 * 1024, 'pull');
    const blob = { digest: digestOf(body), size: body.byteLength };
    const cuts = [30 * 1024 * 1024, 32 * 1024 * 1024];
    const asked: (readonly [number, number])[] = [];
    registry.fault = (request, response) => {
      const [from = 0, to = blob.size - 1] = [...(request.headers.range ?? '0').matchAll(/\d+/g)].map(Number);
      asked.push([from, to]);
      const headers = {
        'content-length': String(to + 1 - from),
        'content-range': `bytes ${from}-${to}/${blob.size}`,
      };
      response.writeHead(request.headers.range === undefined ? 200 : 206, headers);
      const [cut = Infinity] = cuts;
      const isCut = from < cut && cut <= to;
      if (isCut) cuts.shift();
      response.write(body.subarray(from, isCut ? cut : to + 1), () =>
        isCut ? request.socket.end() : response.end(),
      );
      return true;
    };
    expect(digestOf(await read(blob))).toBe(blob.digest);
    const sizes = asked.map(([from, to]) => to + 1 - from);
    expect(sizes[0]).toBe(blob.size);
    // A sixty-fourth of 30 MiB, then at least the smallest part.
    expect(sizes[1]).toBe((30 * 1024 * 1024) / 64);
    expect(sizes.slice(1).every((size) => size <= 1024 * 1024)).toBe(true);
    expect(sizes.at(-2)).toBeGreaterThan(500 * 1024);
    // Nothing that came is asked for again.
    expect(asked.slice(1).every(([from], index) => from > (asked[index]?.[0] ?? 0))).toBe(true);
  });

  test('a part that is not the one that was asked for', async () => {
    const blob = largest();
    registry.fault = (request, response) => {
      if (request.headers.range !== undefined) {
        return answer(response, 206, { 'content-range': `bytes 0-9/${blob.size}` }, Buffer.alloc(10));
      }
      response.writeHead(200, { 'content-length': String(blob.size) });
      response.write(Buffer.alloc(1000), () => request.socket.resetAndDestroy());
      return true;
    };
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_DIGEST_MISMATCH', /not the range/));
  });

  test('a reply that stalls', async () => {
    const blob = largest();
    registry.fault = (_request, response) => {
      response.writeHead(200, { 'content-length': String(blob.size) });
      return response.write(Buffer.alloc(1000));
    };
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_UNREACHABLE', /stalled/));
  });

  test('a blob that is gone', async () => {
    const blob = { digest: digestOf(new Uint8Array([1])), size: 1 };
    await expect(read(blob)).rejects.toSatisfy(failure('PM_REGISTRY_ABSENT', /→ 404/));
  });

  test('reading may stop early', async () => {
    for await (const chunk of client.readBlob(app(), largest())) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    expect((await read(largest())).byteLength).toBe(largest().size);
  });
});
