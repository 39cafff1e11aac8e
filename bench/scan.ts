/**
 * `npm run bench:scan`: how long `pullmend diagnose -A` takes on a cluster with many pods, and how much memory,
 * beside `kubectl get pods -A -o json`, which is how the same is looked up by hand. Both ask the same stub in
 * another process, one after the other in turns. Needs kubectl (the lab's, or one in PATH as KUBECTL).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 5;
const sizes = [
  { pods: 1000, failing: 200 },
  { pods: 10_000, failing: 2000 },
] as const;

const root = join(import.meta.dirname, '..');
const kubectl = process.env['KUBECTL'] ?? 'kubectl';

type Measure = { readonly seconds: number; readonly megabytes: number };

for (const { pods, failing } of sizes) {
  const folder = await mkdtemp(join(tmpdir(), 'bench-scan-'));
  const server = spawn(
    process.execPath,
    [join(root, 'bench/scan-server.ts'), folder, String(pods), String(failing)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer];
    const kubeconfig = line.toString().trim();
    const ours: Measure[] = [];
    const theirs: Measure[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(
        await measure(kubectl, ['--kubeconfig', kubeconfig, 'get', 'pods', '-A', '-o', 'json'], [0]),
      );
      const args = [
        join(root, 'bin/pullmend.cjs'),
        'diagnose',
        '-A',
        '-o',
        'json',
        '--kubeconfig',
        kubeconfig,
      ];
      ours.push(await measure(process.execPath, args, [3]));
    }
    console.log(`${pods} pods, ${failing} failing (median of ${rounds})`);
    console.log(`  kubectl get pods -A -o json   ${show(theirs)}`);
    console.log(`  pullmend diagnose -A -o json  ${show(ours)}`);
    console.log(`  ratio                         ${ratio(ours, theirs)}`);
  } finally {
    server.kill();
    await rm(folder, { recursive: true });
  }
}

/** Runs a command to its end, its output thrown away; the memory is the peak that the kernel counted. */
async function measure(command: string, args: readonly string[], exits: readonly number[]): Promise<Measure> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let megabytes = 0;
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        megabytes = Math.max(megabytes, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024);
      },
      () => {},
    );
  }, 10);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(watch);
  if (!exits.includes(code ?? -1)) throw new Error(`${command} ended with ${code}`);
  return { seconds: (performance.now() - started) / 1000, megabytes };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function show(all: readonly Measure[]): string {
  const seconds = median(all.map((one) => one.seconds));
  return `${seconds.toFixed(2)} s  ${median(all.map((one) => one.megabytes)).toFixed(0)} MB`;
}

function ratio(ours: readonly Measure[], theirs: readonly Measure[]): string {
  const of = (pick: (one: Measure) => number): string =>
    (median(ours.map(pick)) / median(theirs.map(pick))).toFixed(2);
  return `${of((one) => one.seconds)} × time, ${of((one) => one.megabytes)} × memory`;
}
