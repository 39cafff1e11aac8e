/** A process of its own that copies a list and can be killed: `node copy-child.ts HOME LIST HOST…`. */
import { readFile } from 'node:fs/promises';
import { createCopier } from '../../src/flows/index.ts';

const [home = '', list = '', ...hosts] = process.argv.slice(2);
const copier = await createCopier({
  env: {},
  home,
  hosts: Object.fromEntries(hosts.map((host) => [host, { plainHttp: true }])),
  signal: new AbortController().signal,
  onEvent: () => {},
});
const pairs = await copier.list(await readFile(list, 'utf8'), list, undefined);
const { results } = await copier.copy(pairs, { platforms: [], dryRun: false });
await copier.close();
process.exitCode = results.some(({ state }) => state === 'failed') ? 1 : 0;
