/**
 * `npm run bench:copy [-- PART…]`: copies 100 images between two docker-registry 2.8.2 with pullmend, regsync and skopeo,
 * by turns in one run: from nothing and with nothing to do, near and 50 ms away; after a kill; on a line that is cut
 * every 30 MiB. Parts: `cold near`, `cold far`, `killed`, `large`, `cut`. Needs Debian's docker-registry and skopeo, and
 * Go for regsync at the first time.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createRegistryClient, type RegistryClient } from '../src/adapters/oci/index.ts';
import { digestOf, mediaType } from '../src/core/image/index.ts';
import { makeLayer, seededBytes, type Layer } from '../test/support/layer.ts';
import { peerTool } from '../test/support/peer-tools.ts';
import { startDockerRegistry } from '../test/support/peers.ts';
import { buildIfNeeded } from '../tools/build/index.ts';
import { farRegistry, type FarRegistry, type Way } from './far-registry.ts';

const images = Number(process.env['PULLMEND_BENCH_IMAGES'] ?? 100);
const rounds = Number(process.env['PULLMEND_BENCH_ROUNDS'] ?? 3);
const parts = process.argv.slice(2);
const mebibyte = 1024 * 1024;
/** Half of the four layers of an image are its own, the others come from ten that all share. */
const layerBytes = 256 * 1024;
const sharedLayers = 10;
const largeBytes = 256 * mebibyte;

type Image = { readonly name: string };
type Line = { readonly from: string; readonly to: string; readonly names: readonly string[] };
type Tool = { readonly program: string; readonly args: (line: Line) => Promise<readonly string[]> };
type Run = { readonly code: number | null; readonly seconds: number; readonly megabytes: number };

const home = await mkdtemp(join(tmpdir(), 'pullmend-bench-'));
const source = await startDockerRegistry();
const many = Array.from({ length: images }, (_, at): Image => ({ name: `acme/image-${at}` }));
const large: Image = { name: 'acme/large' };
const regsync = await peerTool('regsync');
/** docker-registry 2.8.2 forgets every upload that was cut; its successor goes on. */
const distribution = await peerTool('registry');
await buildIfNeeded();
const uniqueBytes = await fill();
/** A folder for the state of pullmend, a new one for each target: nothing may be known from the run before. */
let state = home;

const tools: Readonly<Record<string, Tool>> = {
  pullmend: { program: process.execPath, args: pullmendArgs },
  regsync: { program: regsync, args: async (line) => await regsyncArgs(line) },
  'regsync, 16 at once': { program: regsync, args: async (line) => await regsyncArgs(line, 16) },
  skopeo: { program: 'skopeo', args: skopeoArgs },
};

try {
  const load = (await readFile('/proc/loadavg', 'utf8')).split(' ').slice(0, 1).join();
  console.log(`${images} images, ${(uniqueBytes / mebibyte).toFixed(0)} MiB unique, load ${load}`);
  if (isWanted('cold near')) await fromNothing('near', 0);
  if (isWanted('cold far')) await fromNothing('50 ms away', 50);
  if (isWanted('killed')) await killed('killed at 60 % of 100 images', many, uniqueBytes);
  if (isWanted('large')) {
    const title = 'killed at 60 % of one layer of 256 MiB';
    await killed(title, [large], largeBytes);
    await killed(`${title}, to distribution v3`, [large], largeBytes, distribution);
  }
  if (isWanted('cut')) await cut();
} finally {
  await source.close();
  await rm(home, { recursive: true });
}

function isWanted(part: string): boolean {
  return parts.length === 0 || parts.includes(part);
}

/** The images at their source; the bytes of all their blobs and manifests. */
async function fill(): Promise<number> {
  const client = createRegistryClient({ hosts: { [source.authority]: { plainHttp: true } } });
  const layer = async (seed: string) =>
    await makeLayer([{ path: 'data', data: seededBytes(seed, layerBytes) }]);
  const shared = await Promise.all(Array.from({ length: sharedLayers }, (_, at) => layer(`shared ${at}`)));
  const sizes = new Map<string, number>();
  for (const [at, { name }] of many.entries()) {
    const own = [await layer(`${name} 1`), await layer(`${name} 2`)];
    const common = [shared[at % sharedLayers], shared[(at + 1) % sharedLayers]].filter(
      (it) => it !== undefined,
    );
    await push(client, name, [...common, ...own], sizes);
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  if (isWanted('large') || isWanted('cut')) {
    const bytes = seededBytes('large', largeBytes);
    await push(client, large.name, [{ bytes, digest: digestOf(bytes), diffId: digestOf(bytes) }], new Map());
  }
  await client.close();
  return total;
}

async function push(
  client: RegistryClient,
  repository: string,
  layers: readonly Layer[],
  sizes: Map<string, number>,
): Promise<void> {
  const to = client.repository({ registry: source.authority, repository });
  const diffIds = layers.map(({ diffId }) => diffId);
  const config = Buffer.from(
    JSON.stringify({ architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: diffIds } }),
  );
  const configDigest = digestOf(config);
  for (const { digest, bytes } of [...layers, { digest: configDigest, bytes: config }]) {
    sizes.set(digest, bytes.byteLength);
    await to.pushBlob({ digest, size: bytes.byteLength }, async function* (from) {
      yield bytes.subarray(from);
    });
  }
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaType.ociManifest,
      config: { mediaType: mediaType.ociConfig, digest: configDigest, size: config.byteLength },
      layers: layers.map(({ digest, bytes }) => ({
        mediaType: mediaType.ociLayer,
        digest,
        size: bytes.byteLength,
      })),
    }),
  );
  const digest = digestOf(manifest);
  sizes.set(digest, manifest.byteLength);
  await to.putManifest('1', { mediaType: mediaType.ociManifest, bytes: manifest, digest });
}

/** P1 and P2: all from nothing, then the same list again with nothing to do. */
async function fromNothing(where: string, roundTripMs: number): Promise<void> {
  const seen = Object.fromEntries(
    Object.keys(tools).map((name) => [name, { cold: [] as Run[], again: [] as Run[], ratio: 0, gets: 0 }]),
  );
  for (let round = 0; round < rounds; round++) {
    for (const [name, tool] of Object.entries(tools)) {
      await between({ roundTripMs }, async ({ near, line }) => {
        const found = seen[name];
        found?.cold.push(await finished(tool, line(many)));
        const { received, manifestGets } = near.traffic;
        found?.again.push(await finished(tool, line(many)));
        if (found === undefined) return;
        found.ratio = received / uniqueBytes;
        found.gets = near.traffic.manifestGets - manifestGets;
      });
    }
  }
  const ours = seen['pullmend'];
  for (const [name, { cold, again, ratio, gets }] of Object.entries(seen)) {
    const times = (runs: readonly Run[], own: readonly Run[] = []) => {
      const all = runs.map(({ seconds }) => seconds);
      const middle = median(all);
      const times = middle / median(own.map(({ seconds }) => seconds));
      return `${middle.toFixed(2)} s (${Math.min(...all).toFixed(2)}–${Math.max(...all).toFixed(2)}; ${times.toFixed(2)} ×), ${memory(runs)}`;
    };
    console.log(
      `${where}: ${name}: from nothing ${times(cold, ours?.cold)}, read ÷ unique ${ratio.toFixed(2)}; ` +
        `nothing to do ${times(again, ours?.again)}, ${gets} manifest GETs`,
    );
  }
}

/** P3: killed when 60 % has arrived; what the two runs sent together, beyond what is there once. */
async function killed(title: string, what: readonly Image[], unique: number, program?: string) {
  for (const [name, tool] of Object.entries(tools)) {
    const work = async ({ near, far, line }: Place): Promise<void> => {
      const isFar = async () => far.traffic.sent >= 0.6 * unique;
      const first = await finished(tool, line(what), isFar);
      const second = await finished(tool, line(what));
      const again = (bytes: number) => `${((bytes / unique - 1) * 100).toFixed(1)} %`;
      console.log(
        `${title}: ${name}: ended ${first.code} then ${second.code}; ` +
          `sent again ${again(far.traffic.sent)}, read again ${again(near.traffic.received)}; ${memory([second])}`,
      );
    };
    await between({ roundTripMs: 0 }, work, program);
  }
}

async function cut(): Promise<void> {
  for (const [name, tool] of Object.entries(tools)) {
    await between({ roundTripMs: 0, cutAfterBytes: 30 * mebibyte }, async ({ near, line }) => {
      const { code, seconds, megabytes } = await finished(tool, line([large]));
      const again = ((near.traffic.received / largeBytes - 1) * 100).toFixed(1);
      console.log(
        `cut every 30 MiB: ${name}: ended ${code} after ${seconds.toFixed(1)} s, read again ${again} %, ${megabytes.toFixed(0)} MB`,
      );
    });
  }
}

type Place = {
  readonly near: FarRegistry;
  readonly far: FarRegistry;
  readonly line: (what: readonly Image[]) => Line;
};

/** The way to the source may be cut; the target is new and as far away. */
async function between(way: Way, work: (place: Place) => Promise<void>, program?: string): Promise<void> {
  const target = await startDockerRegistry(program);
  const near = await farRegistry(source.authority, way);
  const far = await farRegistry(target.authority, { roundTripMs: way.roundTripMs });
  state = await mkdtemp(join(home, 'state-'));
  const line = (what: readonly Image[]): Line => ({
    from: near.authority,
    to: far.authority,
    names: what.map(({ name }) => name),
  });
  try {
    await work({ near, far, line });
  } finally {
    near.close();
    far.close();
    await target.close();
  }
}

async function pullmendArgs({ from, to, names }: Line): Promise<readonly string[]> {
  const list = join(home, 'list.txt');
  await writeFile(list, names.map((name) => `${from}/${name}:1 ${to}/lib/${name}`).join('\n'));
  const bin = join(import.meta.dirname, '..', 'bin', 'pullmend.cjs');
  return [bin, 'sync', list, '--plain-http', from, '--plain-http', to];
}

/** As it comes, or with so many images and requests to one host at a time. */
async function regsyncArgs({ from, to, names }: Line, parallel?: number): Promise<readonly string[]> {
  const file = join(home, 'regsync.yaml');
  const credentials = [from, to].map((registry) => ({
    registry,
    tls: 'disabled',
    ...(parallel !== undefined && { reqConcurrent: parallel }),
  }));
  const sync = names.map((name) => ({
    source: `${from}/${name}:1`,
    target: `${to}/lib/${name}:1`,
    type: 'image',
  }));
  const defaults = parallel === undefined ? {} : { parallel };
  await writeFile(file, JSON.stringify({ version: 1, creds: credentials, defaults, sync }));
  return ['once', '-c', file];
}

async function skopeoArgs({ from, to, names }: Line): Promise<readonly string[]> {
  const list = join(home, 'skopeo.yaml');
  const tags = Object.fromEntries(names.map((name) => [name, ['1']]));
  await writeFile(list, JSON.stringify({ [from]: { 'tls-verify': false, images: tags } }));
  return ['sync', '--all', '--src', 'yaml', '--dest', 'docker', '--dest-tls-verify=false', list, `${to}/lib`];
}

/** Runs a tool to its end, or until it is to be killed; the memory is the peak that the kernel counted. */
async function finished(tool: Tool, line: Line, isToEnd?: () => Promise<boolean>): Promise<Run> {
  const args = await tool.args(line);
  const started = performance.now();
  const running = spawn(tool.program, args, {
    env: { ...process.env, XDG_STATE_HOME: state },
    stdio: 'ignore',
  });
  const exit = once(running, 'exit');
  let megabytes = 0;
  while (running.exitCode === null && running.signalCode === null) {
    const status = await readFile(`/proc/${running.pid}/status`, 'utf8').catch(() => '');
    megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
    if ((await isToEnd?.()) === true) running.kill('SIGKILL');
    await Promise.race([exit, pause(5, undefined, { ref: false })]);
  }
  const [code] = (await exit) as [number | null];
  return { code, seconds: (performance.now() - started) / 1000, megabytes };
}

function memory(runs: readonly Run[]): string {
  return `${Math.max(...runs.map(({ megabytes }) => megabytes)).toFixed(0)} MB`;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;
}
