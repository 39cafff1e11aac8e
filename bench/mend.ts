/**
 * `npm run bench:mend [-- WORKLOADS…]`: how long `pullmend fix --yes` takes from its start until the pods run and are
 * proved, beside a shell script that somebody who knows the answer would write: `kubectl set image` for each, then
 * `kubectl rollout status`. On the lab, by turns, Deployments of one replica each, every round with images that no node
 * has. Without numbers: 1, 10 and 100 workloads. PULLMEND_BENCH_ROUNDS (3) rounds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';

const rounds = Number(process.env['PULLMEND_BENCH_ROUNDS'] ?? 3);
const wanted = process.argv.slice(2).map(Number);
const sizes = wanted.length > 0 ? wanted : [1, 10, 100];
const sides = ['pullmend', 'script'] as const;
type Side = (typeof sides)[number];

const commandOf: Readonly<Record<Side, string>> = { pullmend: 'pullmend fix', script: 'sh mend.sh' };

const folder = await mkdtemp(join(tmpdir(), 'bench-mend-'));
try {
  for (const size of sizes)
    for (let round = 0; round < rounds; round += 1)
      for (const side of sides) {
        const name = nameOf(side, size, round);
        await writeFile(join(folder, `${name}.yaml`), stringify(scenario(name, side, size)));
      }
  const report = await runAll();
  console.log('| workloads | pullmend fix --yes | shell script | ratio |\n|---|---|---|---|');
  for (const size of sizes) {
    const [ours, theirs] = [timesOf(report, 'pullmend', size), timesOf(report, 'script', size)];
    const ratio = (median(ours) / median(theirs)).toFixed(2);
    console.log(`| ${size} | ${spread(ours)} | ${spread(theirs)} | ${ratio} |`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Scenarios go one after the other in the order of their names: by turns. */
function nameOf(side: Side, size: number, round: number): string {
  return `mend-${size}-${round}-${side}`;
}

/** Each scenario has seen its pods fail before, and run afterwards. */
async function runAll(): Promise<Report> {
  const args = ['lab/main.ts', 'scenarios', folder, '--parallel', '1', '--reports', folder];
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [exit] = (await once(child, 'exit')) as [number | null];
  const text = await readFile(join(folder, 'report.json'), 'utf8');
  if (exit !== 0) throw new Error(text);
  return JSON.parse(text) as Report;
}

/** Seconds that the command took, round by round. */
function timesOf({ scenarios }: Report, side: Side, size: number): readonly number[] {
  return Array.from({ length: rounds }, (_, round) => {
    const result = scenarios.find(({ name }) => name === nameOf(side, size, round));
    const run = result?.pullmend?.find(({ command }) => command.startsWith(commandOf[side]));
    if (run === undefined) throw new Error(`${nameOf(side, size, round)} was not run`);
    return run.seconds;
  });
}

type Report = {
  readonly scenarios: readonly {
    readonly name: string;
    readonly pullmend?: readonly { readonly command: string; readonly seconds: number }[];
  }[];
};

function scenario(name: string, side: Side, size: number): object {
  const workloads = Array.from({ length: size }, (_, index) => `web-${index}`);
  const image = 'docker.io/library/${name}-web:1.0';
  const copy = 'harbor.lab/library/${name}-web:1.0';
  const minutes = 60 * 10;
  return {
    name,
    about: `${size} workloads mended by ${side}`,
    timeout: minutes,
    given: {
      images: [{ name: image, at: [copy] }],
      files: { 'mend.sh': script(workloads, copy) },
      manifests: workloads.map((workload) => deployment(workload, image)),
      failing: workloads.map((workload) => ({ of: `Deployment/${workload}`, container: 'c', within: 240 })),
    },
    mirrors: [{ name: 'copies', scheme: 'harbor-library', at: 'harbor.lab/library' }],
    when: [
      side === 'pullmend'
        ? { pullmend: ['fix', '-n', '${ns}', '--yes'] }
        : { run: ['sh', 'mend.sh', '${ns}'] },
    ],
    then: { ready: workloads.map((of) => ({ of: `Deployment/${of}`, within: 5 })) },
  };
}

/** As one writes it by hand: all are set, then all are waited for. */
function script(workloads: readonly string[], copy: string): string {
  return [
    'set -e',
    ...workloads.map((one) => `kubectl -n "$1" set image deployment/${one} c=${copy}`),
    ...workloads.map((one) => `kubectl -n "$1" rollout status deployment/${one}`),
    '',
  ].join('\n');
}

function deployment(name: string, image: string): object {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'c', image }] },
      },
    },
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function spread(values: readonly number[]): string {
  const of = (value: number): string => `${value.toFixed(1)} s`;
  return `${of(median(values))} (${of(Math.min(...values))} to ${of(Math.max(...values))})`;
}
