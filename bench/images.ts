/**
 * `node bench/images.ts CHART…`: how long `pullmend images --chart` takes beside `helm template` itself, in turns, on
 * charts of your own; helm is the one on PATH or in PULLMEND_HELM. Uses what `npm run build` made.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const rounds = 5;
const version = ['--kube-version', 'v1.33.0'];
const helm = process.env['PULLMEND_HELM'] || 'helm';
const pullmend = join(import.meta.dirname, '../bin/pullmend.cjs');

console.log('| chart | helm template | images --chart | ratio |\n|---|---|---|---|');
for (const chart of process.argv.slice(2)) {
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    theirs.push(seconds(helm, ['template', 'release', chart, ...version]));
    ours.push(seconds(process.execPath, [pullmend, 'images', '--chart', chart, ...version, '-o', 'json']));
  }
  const [mine, other] = [median(ours), median(theirs)];
  const ratio = (mine / other).toFixed(2);
  console.log(
    `| ${chart.split('/').slice(-2).join('/')} | ${other.toFixed(2)} s | ${mine.toFixed(2)} s | ${ratio} |`,
  );
}

function seconds(command: string, args: readonly string[]): number {
  const started = performance.now();
  const { status } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
  return (performance.now() - started) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
