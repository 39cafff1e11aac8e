/**
 * The whole way on install files, on a machine with nothing: no cluster, no root, no network. A registry in this
 * process plays the mirror; the registries that the files name are dialled at a port where nobody listens, as
 * behind a firewall that refuses.
 */
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, type CliContext } from '../src/apps/cli/index.ts';
import { createHub, listenHub, MemoryStore } from '../src/apps/hub/index.ts';
import { unifiedDiff } from '../src/core/edit/index.ts';
import { parseReference } from '../src/core/image/index.ts';
import { createBundler, createCopier, createMender } from '../src/flows/index.ts';
import { makeImage, pushToStore } from '../test/support/images.ts';

const mirrorHost = 'harbor.example.com';
const origins = ['docker.io', 'quay.io', 'registry.k8s.io'];

/** What the company's Harbor holds: the proxy cache by Docker Hub's names, pushed copies without their host. */
const copies = [
  'proxy/kubesphere/ks-installer:v3.4.1',
  'proxy/openebs/provisioner-localpv:3.3.0',
  'proxy/openebs/linux-utils:3.3.0',
  'proxy/library/busybox:latest',
  'proxy/library/postgres:16.4',
  'library/prometheuscommunity/postgres-exporter:v0.15.0',
  'library/kube-state-metrics/kube-state-metrics:v2.9.2',
];

const repository = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'pullmend-demo-'));
  const hub = await listenHub({ hub: createHub({ store: await filledStore() }), host: '127.0.0.1', port: 0 });
  const closedPort = await unusedPort();
  try {
    await cp(join(repository, 'examples'), folder, { recursive: true });
    const before = await contents(folder);
    const context = contextFor(folder, hub.port, closedPort);
    process.chdir(folder);
    const config = ['--config', 'mirrors.yaml'];
    const files = ['kubesphere', 'openebs', 'app'].flatMap((name) => ['-f', name]);
    say(
      `Install files with ${copies.length} images; their registries refuse every connection; a mirror has copies.`,
    );
    expect(await step(['fix', ...files, ...config, '--dry-run'], context), 0);
    expect(await step(['fix', ...files, ...config, '--yes', '--quiet'], context), 0);
    say('The files now name the mirror; comments, quotes and order are untouched:');
    show(before, await contents(folder));
    expect(await step(['undo', '--yes', ...config], context), 0);
    const after = await contents(folder);
    const same = [...before].every(([file, text]) => after.get(file) === text);
    say(same ? 'Every file is byte for byte as it was.' : 'The files are NOT as they were.');
    return same ? 0 : 1;
  } finally {
    process.chdir(repository);
    await hub.close();
    await rm(folder, { recursive: true });
  }
}

async function step(argv: readonly string[], context: CliContext): Promise<number> {
  context.stdout.write(`\n$ pullmend ${argv.join(' ')}\n`);
  return await run(argv, context);
}

/** A demo that goes wrong must not look as if it went well. */
function expect(code: number, wanted: number): void {
  if (code !== wanted) throw new Error(`the command ended with ${code}, not with ${wanted}`);
}

function contextFor(folder: string, mirrorPort: number, closedPort: number): CliContext {
  const output = (stream: NodeJS.WriteStream): CliContext['stdout'] => ({
    isTerminal: false,
    columns: () => stream.columns ?? 80,
    rows: () => stream.rows ?? 24,
    write: (text) => void stream.write(text),
  });
  const refused = { dial: { host: '127.0.0.1', port: closedPort } };
  const hosts = {
    [mirrorHost]: { plainHttp: true, dial: { host: '127.0.0.1', port: mirrorPort } },
    ...Object.fromEntries(origins.map((origin) => [origin, refused])),
  };
  return {
    program: 'pullmend',
    version: 'demo',
    nodeVersion: process.versions.node,
    env: { LANG: process.env.LANG },
    home: folder,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readStdin: () => Promise.resolve(''),
    readChunks: () => {
      throw new Error('the demo explains nothing');
    },
    readFile: async (path) => await readFile(path, 'utf8'),
    writeFile: () => Promise.reject(new Error('the demo writes no plan files')),
    signal: new AbortController().signal,
    now: Date.now,
    createMender: async (options) => await createMender({ ...options, hosts }),
    createBundler: async (options) => await createBundler({ ...options, hosts }),
    createCopier: async (options) => await createCopier({ ...options, hosts }),
  };
}

async function filledStore(): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const name of copies) {
    const { repository: path, tag } = parseReference(`${mirrorHost}/${name}`);
    await pushToStore(store, path, tag, await makeImage({ seed: name }));
  }
  return store;
}

/** A port of this machine that refuses connections: it was free a moment ago. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 1;
}

async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true });
  const files = entries.filter((entry) => /^(?:kubesphere|openebs|app)\/.*\.yaml$/.test(entry)).toSorted();
  return new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(join(folder, file), 'utf8')] as const)),
  );
}

function show(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  for (const [file, text] of before) process.stdout.write(unifiedDiff(file, text, after.get(file) ?? ''));
}

function say(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

process.exitCode = await main();
