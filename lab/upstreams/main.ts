/**
 * The outside world of the lab's cluster in one process: registries under their real names, and the DNS server that
 * knows them. Runs in a network namespace of its own; told what to do over DIR/control.sock (`client.ts`).
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startControl } from './control.ts';
import { parseAddressRange } from './net/addresses.ts';
import { loadAuthority } from './net/authority.ts';
import { createBlackhole } from './net/blackhole.ts';
import { startUpstreams } from './world.ts';

const USAGE =
  'usage: node lab/upstreams/main.ts --dir DIR --ca CERT --ca-key KEY [--addresses A-B] [--dns ADDRESS]' +
  ' [--tls-port N] [--http-port N] [--dns-port N]';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    ca: { type: 'string' },
    'ca-key': { type: 'string' },
    addresses: { type: 'string', default: '10.89.0.100-10.89.0.119' },
    dns: { type: 'string', default: '10.89.0.53' },
    'tls-port': { type: 'string', default: '443' },
    'http-port': { type: 'string', default: '80' },
    'dns-port': { type: 'string', default: '53' },
  },
});

if (values.dir === undefined || values.ca === undefined || values['ca-key'] === undefined) {
  console.error(USAGE);
  process.exit(2);
}

mkdirSync(values.dir, { recursive: true });
const authority = await loadAuthority(
  readFileSync(values.ca, 'utf8'),
  readFileSync(values['ca-key'], 'utf8'),
);
const upstreams = await startUpstreams({
  authority,
  addresses: parseAddressRange(values.addresses),
  dns: { address: values.dns, port: Number(values['dns-port']) },
  ports: { tls: Number(values['tls-port']), http: Number(values['http-port']) },
  blackhole: await createBlackhole(),
});
const control = await startControl(upstreams, join(values.dir, 'control.sock'));
const { hosts, dns } = await upstreams.health();
console.log(`upstreams: ${hosts} hosts, DNS at ${dns}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await control.close();
  await upstreams.close();
}
