/** A process of its own that makes or loads a bundle and can be killed: `node bundle-child.ts create|load HOME HOST…`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createBundler } from '../../src/flows/index.ts';

const [mode = '', home = '', ...hosts] = process.argv.slice(2);
const bundler = await createBundler({
  env: {},
  home,
  hosts: Object.fromEntries(hosts.map((host) => [host, { plainHttp: true }])),
  signal: new AbortController().signal,
  onEvent: () => {},
});
const out = join(home, 'b');

async function create(): Promise<boolean> {
  const images = await bundler.list(await readFile(join(home, 'list'), 'utf8'), 'list');
  const { bundle } = await bundler.create(images, { out, volumeSize: 2 * 1024 * 1024, platforms: [] });
  return bundle !== undefined;
}

async function load(): Promise<boolean> {
  const { results } = await bundler.load(out, `${hosts[0]}/lib`, { dryRun: false });
  return results.every(({ state }) => state !== 'failed');
}

const done = await (mode === 'create' ? create() : load());
await bundler.close();
process.exitCode = done ? 0 : 1;
