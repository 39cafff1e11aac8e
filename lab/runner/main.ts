import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { LabError, labPaths, putBackParts, up, withLock } from '../cluster/index.ts';
import { connectUpstreams } from '../upstreams/client.ts';
import { demoScenario, play } from './demo/index.ts';
import { loadFolder, ScenarioFileError, type Scenario } from './file/index.ts';
import { findPullmend } from './find-pullmend.ts';
import { isWanted, readOptions, type Options } from './options.ts';
import { failuresOf, junit, lastLine, summarize, type Report } from './report/index.ts';
import {
  asScenario,
  cases,
  recordCase,
  writeRecords,
  type Case,
  type MessageRecord,
} from './record/index.ts';
import { runScenario, type Lab, type Result } from './run/index.ts';
import { firstState, hostsOf, runSideBySide, type HostStates } from './schedule.ts';
import { sweepNamespaces } from './sweep.ts';
import { connectKube, lastPart } from './world/index.ts';

/** `lab scenarios`: runs scenarios on the lab's cluster and gives the exit code. Brings the lab up when it is down. */
export async function runScenarios(args: string[]): Promise<number> {
  const options = readOptions(args);
  const scenarios = choose(options);
  if (options.list) {
    for (const { name, about, isolation, heavy } of scenarios) {
      const marks = [isolation === 'cluster' ? '[alone] ' : '', heavy ? '[heavy] ' : ''].join('');
      console.log(`${name.padEnd(34)} ${marks}${about}`);
    }
    return 0;
  }
  await up();
  const report = await alone(async () =>
    runAll(await openLab(await findPullmend(options.pullmend)), scenarios, options.parallel),
  );
  writeReports(options.reports, report);
  for (const scenario of report.scenarios.filter(({ result }) => result === 'failed'))
    console.log([`\n${scenario.name}`, ...failuresOf(scenario)].join('\n'));
  console.log(`\nreports: ${options.reports}\n${lastLine(report)}`);
  return report.failed + report.skipped === 0 ? 0 : 1;
}

/** `lab demo`: a small shop that fails, is mended and put back, to watch. Brings the lab up when it is down. */
export async function runDemo(args: string[]): Promise<number> {
  if (args.length > 0) throw new LabError('the demo takes no arguments');
  await up();
  return alone(async () => {
    const lab = await openLab(await findPullmend(undefined));
    const scenario = demoScenario();
    await applyHosts(lab, hostsOf(scenario));
    const exit = await play(lab, scenario);
    await closeLab(lab);
    return exit;
  });
}

const RECORDS = fileURLToPath(
  new URL('../../src/core/knowledge/failures/testdata/lab.jsonl', import.meta.url),
);
const SIDE_BY_SIDE = 8;

/**
 * `lab record`: stages every failure that the lab can, and keeps what kubelet and runtime say about it as test data.
 * With names only these, and the others stay as they are recorded. Gives the exit code.
 */
export async function runRecord(names: string[]): Promise<number> {
  const wanted = cases.filter(({ name }) => isWanted(name, names));
  if (wanted.length === 0) throw new LabError(`no case is called ${names.join(', ')}`);
  await up();
  return alone(async () => {
    const lab = await openLab([]);
    const { records, failed } = await recordAll(lab, wanted);
    await closeLab(lab);
    writeRecords(RECORDS, records);
    console.log(`${records.length} recorded, ${failed} failed: ${RECORDS}`);
    return failed === 0 ? 0 : 1;
  });
}

async function recordAll(
  lab: Lab,
  wanted: readonly Case[],
): Promise<{ readonly records: readonly MessageRecord[]; readonly failed: number }> {
  const byScenario = new Map(wanted.map((one) => [asScenario(one), one]));
  const records: MessageRecord[] = [];
  await runSideBySide(
    [...byScenario.keys()],
    SIDE_BY_SIDE,
    (hosts) => applyHosts(lab, hosts),
    async (scenario) => {
      const one = byScenario.get(scenario);
      if (one === undefined) return;
      try {
        records.push(await recordCase(lab, one, scenario, () => {}));
        console.log(`${one.name} (${records.length}/${wanted.length})`);
      } catch (error) {
        console.error(`${one.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  );
  return { records, failed: wanted.length - records.length };
}

/** Two runs would clear away each other's namespaces and faults. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const onWait = (): void => console.error('another run of scenarios is at work; waiting for it');
  return withLock('pullmend-lab-scenarios', { onWait }, work);
}

function writeReports(folder: string, report: Report): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'junit.xml'), junit(report));
}

function choose({ folder, names, all: heavyToo, list }: Options): Scenario[] {
  try {
    const all = loadFolder(folder);
    refuseSharedImages(all);
    const unknown = names.filter((name) => !all.some((scenario) => isWanted(scenario.name, [name])));
    if (unknown.length > 0)
      throw new LabError(`no scenario is called ${unknown.join(', ')}`, `folder: ${folder}`);
    const wanted = all.filter(({ name }) => isWanted(name, names));
    return names.length > 0 || heavyToo || list ? wanted : wanted.filter(({ heavy }) => !heavy);
  } catch (error) {
    if (error instanceof ScenarioFileError) throw new LabError('a scenario cannot be read', error.message);
    throw error;
  }
}

/** Faults and copies on nodes go by repository, so scenarios that run side by side have images of their own. */
function refuseSharedImages(scenarios: readonly Scenario[]): void {
  const owners = new Map<string, string>();
  for (const { name, given } of scenarios.filter(({ isolation }) => isolation === 'namespace'))
    for (const image of given.images) {
      const part = lastPart(image.name).replaceAll('${name}', name);
      const owner = owners.get(part) ?? name;
      if (owner !== name)
        throw new ScenarioFileError(`${name} and ${owner} both use an image called ${part}`);
      owners.set(part, name);
    }
}

/** Everything that all scenarios share, with a clean outside world. */
async function openLab(pullmend: readonly string[]): Promise<Lab> {
  const { kubeconfig, upstreamsSocket } = labPaths();
  const lab = {
    kube: connectKube(kubeconfig),
    upstreams: connectUpstreams(upstreamsSocket),
    kubeconfig,
    pullmend,
  };
  await closeLab(lab);
  return lab;
}

/** Leaves the cluster and the outside world as they were found. */
async function closeLab({ kube, upstreams }: Lab): Promise<void> {
  await Promise.all([sweepNamespaces(kube), upstreams.reset(), putBackParts()]);
}

async function runAll(lab: Lab, scenarios: readonly Scenario[], parallel: number): Promise<Report> {
  const began = performance.now();
  const say = (name: string, text: string): void => {
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    console.log(`[${seconds.padStart(6)} s] ${name.padEnd(30)} ${text}`);
  };
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const results: Result[] = [];
  await runSideBySide(
    scenarios,
    parallel,
    (hosts) => applyHosts(lab, hosts),
    async (scenario) => {
      const { name, about } = scenario;
      const skipped = interrupted.signal.aborted;
      const result: Result = skipped
        ? { name, about, result: 'skipped', seconds: 0, seen: [] }
        : await runScenario(lab, scenario, (text) => say(name, text), interrupted.signal);
      results.push(result);
      say(name, `${result.result} (${results.length}/${scenarios.length}, ${result.seconds.toFixed(1)} s)`);
    },
  );
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  await closeLab(lab);
  return summarize(results, (performance.now() - began) / 1000);
}

/** Only hosts that differ: setting one cuts its open connections. */
async function applyHosts({ upstreams }: Lab, hosts: HostStates): Promise<void> {
  const now = new Map((await upstreams.hosts()).map(({ host, state }) => [host, state]));
  for (const [host, state] of hosts) {
    const first = firstState(state);
    if (now.get(host) === first) continue;
    await upstreams.setHost(host, first as Parameters<typeof upstreams.setHost>[1]);
  }
}
