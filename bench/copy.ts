/**
 * Copies a list of images between two docker-registry 2.8.2 on loopback, with `skopeo sync` and with pullmend by turns:
 * once from nothing, once with nothing to do; without and with 50 ms between each request and its answer.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { x } from 'tinyexec';
import { createHub, listenHub, MemoryStore } from '../src/apps/hub/index.ts';
import { makeImage, pushToStore } from '../test/support/images.ts';
import { startDockerRegistry } from '../test/support/peers.ts';

const images = Number(process.env['PULLMEND_BENCH_IMAGES'] ?? 20);
const runs = Number(process.env['PULLMEND_BENCH_RUNS'] ?? 3);
const roundTripsMs = [0, 50];
const child = join(import.meta.dirname, '..', 'test', 'support', 'copy-child.ts');

const home = await mkdtemp(join(tmpdir(), 'pullmend-bench-'));
const names = Array.from({ length: images }, (_, at) => `image-${at}`);
const source = await startDockerRegistry();
await fill();
for (const roundTripMs of roundTripsMs) await compare(roundTripMs);
await source.close();
await rm(home, { recursive: true });

/** Two layers of its own and one that is shared by all, 512 KiB each, by way of a registry in this process. */
async function fill(): Promise<void> {
  const store = new MemoryStore();
  const hub = await listenHub({ hub: createHub({ store }), host: '127.0.0.1', port: 0 });
  const files = [{ path: 'base', data: Buffer.alloc(512 * 1024, 'base') }];
  for (const seed of names) {
    const image = await makeImage({ seed, files, layers: 2, layerBytes: 512 * 1024 });
    await pushToStore(store, `acme/${seed}`, '1', image);
  }
  await pullmend(hub.authority, source.authority);
  await hub.close();
}

async function compare(roundTripMs: number): Promise<void> {
  const far = await delayed(source.authority, roundTripMs);
  const seconds = { skopeo: [] as number[][], pullmend: [] as number[][] };
  for (let run = 0; run < runs; run++) {
    for (const [name, copy] of [['skopeo', skopeo] as const, ['pullmend', pullmend] as const]) {
      const target = await startDockerRegistry();
      const farTarget = await delayed(target.authority, roundTripMs);
      const cold = await timed(() => copy(far.authority, farTarget.authority));
      const again = await timed(() => copy(far.authority, farTarget.authority));
      seconds[name].push([cold, again]);
      farTarget.close();
      await target.close();
    }
  }
  far.close();
  for (const [at, what] of ['from nothing', 'nothing to do'].entries()) {
    const [theirs, ours] = [seconds.skopeo, seconds.pullmend].map((all) =>
      median(all.map((it) => it[at] ?? 0)),
    );
    const times = `skopeo ${theirs?.toFixed(2)} s, pullmend ${ours?.toFixed(2)} s`;
    const ratio = ((theirs ?? 0) / (ours ?? 1)).toFixed(1);
    console.log(`${images} images, ${roundTripMs} ms, ${what}: ${times}, ratio ${ratio}`);
  }
}

async function skopeo(from: string, to: string): Promise<void> {
  const list = join(home, 'skopeo.yaml');
  const tags = names.map((name) => `    acme/${name}: ["1"]`).join('\n');
  await writeFile(list, `"${from}":\n  tls-verify: false\n  images:\n${tags}\n`);
  const flags = ['--all', '--src', 'yaml', '--dest', 'docker', '--dest-tls-verify=false'];
  await x('skopeo', ['sync', ...flags, list, `${to}/lib`], { throwOnError: true });
}

async function pullmend(from: string, to: string): Promise<void> {
  const list = join(home, 'list.txt');
  await writeFile(list, names.map((name) => `${from}/acme/${name}:1 ${to}/acme/${name}`).join('\n'));
  await x(process.execPath, [child, home, list, from, to], { throwOnError: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** The registry as it is at the far end of a line: each byte arrives half a round trip later. */
async function delayed(authority: string, roundTripMs: number) {
  if (roundTripMs === 0) return { authority, close: (): void => {} };
  const port = Number(authority.split(':').at(-1));
  const late = (from: Socket, to: Socket): void => {
    const wait = roundTripMs / 2;
    from.on('data', (chunk) => void setTimeout(() => to.write(chunk), wait));
    from.on('end', () => void setTimeout(() => to.end(), wait));
    from.on('error', () => to.destroy());
  };
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const distant = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    late(near, distant);
    late(distant, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    authority: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: (): void => void server.close(),
  };
}
