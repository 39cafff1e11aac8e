import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { labPaths } from '../../cluster/index.ts';
import type { Scenario } from '../file/index.ts';
import { describePod, KubeError, type Pod } from '../world/index.ts';
import { act } from './act/index.ts';
import { Stop, type Check, type Context, type Lab, type Transcript } from './context.ts';
import { judge } from './judge.ts';
import { prepare } from './prepare.ts';

export type Result = {
  readonly name: string;
  readonly about: string;
  /** `skipped`: the run was interrupted before its turn. */
  readonly result: 'passed' | 'failed' | 'skipped';
  readonly seconds: number;
  /** Every check with what was observed. */
  readonly seen: readonly Check[];
  /** Why it could not go on, when that is no failed check. */
  readonly error?: string;
  /** What every command said. */
  readonly pullmend?: readonly Transcript[];
  /** For a failed one: the state of the namespace. */
  readonly pods?: readonly string[];
  readonly events?: readonly string[];
};

/** Runs one scenario in a namespace of its own, from nothing to its verdict, and tidies up. Never throws. */
export async function runScenario(
  lab: Lab,
  scenario: Scenario,
  say: (text: string) => void,
  interrupted: AbortSignal,
): Promise<Result> {
  const began = performance.now();
  const timeout = AbortSignal.timeout(scenario.timeout * 1000);
  const signal = AbortSignal.any([timeout, interrupted]);
  const verdict = await withScenario(lab, scenario, say, signal, async (context): Promise<Verdict> => {
    const error = await explain(context, timeout, async () => {
      await prepare(context);
      for (const action of scenario.when) await act(context, action);
      await judge(context);
    });
    const { checks: seen, transcripts: pullmend } = context;
    if (error === undefined && seen.every(({ ok }) => ok)) return { result: 'passed', seen, pullmend };
    const state = await describeNamespace(context);
    return { result: 'failed', seen, ...(error ? { error } : {}), pullmend, ...state };
  });
  const seconds = (performance.now() - began) / 1000;
  return { name: scenario.name, about: scenario.about, seconds, ...verdict };
}

type Verdict = Omit<Result, 'name' | 'about' | 'seconds'>;

/** Makes the home folder and the name of the namespace, lets `work` do its part, and takes everything away again. */
export async function withScenario<T>(
  lab: Lab,
  scenario: Scenario,
  say: (text: string) => void,
  signal: AbortSignal,
  work: (context: Context) => Promise<T>,
): Promise<T> {
  const context: Context = {
    lab,
    scenario,
    ns: `s-${scenario.name}`,
    home: makeHome(scenario.name),
    signal,
    say,
    checks: [],
    transcripts: [],
    digests: new Map(),
    programs: new Map(),
    captured: new Map(),
    faults: new Map(),
    webhooks: new Map(),
    loops: new Map(),
    objects: new Map(),
    secrets: [],
    cleanup: [],
    api: undefined,
    report: undefined,
    requestsBefore: 0,
  };
  try {
    return await work(context);
  } finally {
    await tidyUp(context);
  }
}

/** Among the lab's own files: whoever tidies up the machine's temporary files does not meet it. */
function makeHome(name: string): string {
  const homes = join(labPaths().runDir, 'homes');
  mkdirSync(homes, { recursive: true });
  return mkdtempSync(join(homes, `${name}-`));
}

/** Undefined: it went through; otherwise why not, '' when a check already says it. */
async function explain(
  context: Context,
  timeout: AbortSignal,
  work: () => Promise<void>,
): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (timeout.aborted) return `not done within ${context.scenario.timeout} s`;
    if (context.signal.aborted) return 'interrupted';
    if (error instanceof Stop && context.checks.some(({ ok }) => !ok)) return '';
    return error instanceof Error ? error.message : String(error);
  }
}

const MAX_EVENTS = 40;

type Event = {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
};

/** What `kubectl describe` would show, for the report of a failed scenario. */
async function describeNamespace({ lab, ns }: Context): Promise<Pick<Result, 'pods' | 'events'>> {
  try {
    const pods = (await lab.kube.list('v1', 'Pod', ns)) as readonly Pod[];
    const events = (await lab.kube.list('v1', 'Event', ns)) as readonly (Event & object)[];
    return {
      pods: pods.map(describePod),
      events: events.slice(-MAX_EVENTS).map(({ reason, message, involvedObject }) => {
        const { kind = '', name = '' } = involvedObject ?? {};
        return `${kind}/${name} ${reason}: ${message}`;
      }),
    };
  } catch (error) {
    return { pods: [`cannot be read: ${String(error)}`] };
  }
}

/** The namespace goes in the background; the run waits for all of them at its end. */
async function tidyUp({ lab, ns, home, cleanup, say }: Context): Promise<void> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name: ns };
  for (const step of [...cleanup.toReversed(), () => lab.kube.delete(namespace, undefined)]) {
    try {
      await step();
    } catch (error) {
      say(`cannot tidy up: ${error instanceof KubeError ? error.message : String(error)}`);
    }
  }
  rmSync(home, { recursive: true, force: true });
}
