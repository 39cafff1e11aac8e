import { PullmendError } from '../../../core/base/index.ts';
import {
  apiVersion,
  makeSnapshot,
  type MirrorSet,
  type PullProblem,
  type RepairPlan,
  type RepairRecord,
  type Step,
  type UndoOutcome,
  type Verdict,
} from '../../../core/model/index.ts';
import type {
  ApplyOptions,
  ApplyResult,
  Discovery,
  Mender,
  MenderOptions,
  Prevention,
  PreventResult,
  Target,
} from '../../../flows/index.ts';
import * as shop from './shop.ts';

/** What a fake mender finds, and how each step ends. */
export type Script = {
  readonly mirrors?: MirrorSet;
  readonly problems?: readonly PullProblem[];
  readonly plan?: RepairPlan;
  /** Result of a step by its id; absent: proved. */
  readonly results?: Readonly<Record<string, Verdict['result'] | PullmendError>>;
  readonly outcomes?: readonly UndoOutcome[];
  readonly discovery?: Discovery;
  /** Called before each step is applied. */
  readonly beforeStep?: (step: Step) => Promise<void> | void;
};

/** What was asked of the mender, in order. */
export type Calls = { readonly name: string; readonly target?: Target; readonly options?: unknown }[];

/** No node is told anything. */
function toldNothing(plan: RepairPlan): Mender['nodeConfig'] {
  return {
    show: async () => [],
    plan: async () => ({ plan, nodes: [], untold: [] }),
    check: async () => [],
    restore: async () => [],
    generate: async () => ({ text: '', untold: [] }),
  };
}

/** What works on files and asks mirrors. */
function onFiles(
  plan: RepairPlan,
  calls: Calls,
  discovery: Discovery = { mirrors: [], hosts: [], unread: [] },
): Pick<
  Mender,
  | 'images'
  | 'preflight'
  | 'rewrite'
  | 'rewriteKustomize'
  | 'rewriteChart'
  | 'postRender'
  | 'checkMirrors'
  | 'sourceChanges'
  | 'planNodeLoad'
  | 'planNodeNames'
  | 'discover'
> {
  return {
    discover: async (options) => {
      calls.push({ name: 'discover', options });
      return discovery;
    },
    images: async (source) => {
      calls.push({ name: 'images', options: source });
      return { groups: [], notes: [] };
    },
    preflight: async (source, options) => {
      calls.push({ name: 'preflight', options: { ...source, ...options } });
      return { platforms: [], items: [], installers: [], advice: [], commands: [], notes: [] };
    },
    rewrite: async (paths, options) => {
      calls.push({ name: 'rewrite', options: { paths, ...options } });
      return { plan, changes: [], left: [], policies: [], notes: [], errors: [], patches: () => [] };
    },
    rewriteKustomize: async (folder, options) => {
      calls.push({ name: 'rewriteKustomize', options: { folder, ...options } });
      return { plan, changes: [], left: [], policies: [], notes: [], errors: [], patches: () => [] };
    },
    rewriteChart: async (options) => {
      calls.push({ name: 'rewriteChart', options });
      return { values: {}, moved: [], unmoved: [], beside: [], unserved: [], short: [], renders: 1 };
    },
    postRender: async (text) => {
      calls.push({ name: 'postRender' });
      return text;
    },
    planNodeLoad: async (source, names) => {
      calls.push({ name: 'planNodeLoad', options: { source, names } });
      return await Promise.resolve({ plan, nodes: [] });
    },
    planNodeNames: async (names, nodes) => {
      calls.push({ name: 'planNodeNames', options: { ...names, nodes } });
      return await Promise.resolve(plan);
    },
    sourceChanges: async () => ({ changes: [], patches: [] }),
    checkMirrors: async (names) => {
      calls.push({ name: 'checkMirrors', options: names });
      return [
        {
          mirror: 'company-proxy',
          at: 'harbor.corp/proxy',
          result: 'fails',
          outcome: 'not-a-registry',
          reference: 'harbor.corp/proxy/library/busybox:latest',
          detail: 'GET https://harbor.corp/v2/ → 200 text/html',
          notes: [],
        },
      ];
    },
  };
}

/** Plays a mender: the same events in the same order, nothing behind them. */
export function fakeMender(script: Script, calls: Calls, { onEvent, signal }: MenderOptions): Mender {
  const { problems = shop.problems, plan = shop.plan, mirrors = shop.mirrors } = script;
  const supplies = shop.supplies.filter((supply) => problems.some(({ spec }) => spec.image === supply.image));
  const look = (): void => {
    onEvent({ type: 'cluster', cluster: shop.cluster, nodes: shop.nodes });
    onEvent({ type: 'problems', problems, seconds: 4.1 });
  };
  const prepare = (): void => {
    look();
    onEvent({ type: 'probing', done: 1, total: 3, image: shop.busybox.spec.image });
    onEvent({ type: 'supplied', supplies, seconds: 1 });
    onEvent({ type: 'planned', plan });
  };
  const carryOut = async (options: ApplyOptions & { readonly dryRun: boolean }): Promise<ApplyResult> =>
    await play(plan, options, script, { onEvent, signal });
  return {
    mirrors,
    nodeConfig: toldNothing(plan),
    nodeImages: async () => [],
    nodeContainers: async () => [],
    removeNodeName: async () => [],
    diagnose: async (target) => {
      calls.push({ name: 'diagnose', target });
      look();
      return { cluster: shop.cluster, problems };
    },
    probe: async (_problems, target) => {
      calls.push({ name: 'probe', target });
      return shop.reach;
    },
    predict: async (target) => {
      calls.push({ name: 'predict', target });
      return shop.prediction;
    },
    snapshot: async (target, options) => {
      calls.push({ name: 'snapshot', target, options });
      return makeSnapshot(
        '2026-05-01T12:00:00.000Z',
        { names: options.hashNames ? 'hashed' : 'plain' },
        { cluster: shop.cluster, objects: [], unreadable: ['Node'] },
      );
    },
    plan: async (target, options) => {
      calls.push({ name: 'plan', target, options });
      prepare();
      return { cluster: shop.cluster, problems, supplies, plan };
    },
    apply: async (given, options) => {
      calls.push({ name: 'apply', options: { ...options, plan: given } });
      return await carryOut(options);
    },
    fix: async (target, options) => {
      calls.push({ name: 'fix', target, options });
      prepare();
      return { cluster: shop.cluster, problems, supplies, plan, ...(await carryOut(options)) };
    },
    undo: async (run, options) => {
      calls.push({ name: 'undo', options: { run, ...options } });
      const record = recordOf(plan, 'verified');
      const yes = options.dryRun || (await options.confirm(record));
      return { record, outcomes: yes ? (script.outcomes ?? restored(plan)) : [] };
    },
    runs: async () => [recordOf(plan, 'verified')],
    request: async () => {
      throw new PullmendError('PM_INTERNAL', { message: 'not scripted' });
    },
    find: async (image, platforms) => {
      calls.push({ name: 'find', options: { image, platforms } });
      const known = shop.supplies.find((supply) => supply.image.includes(image));
      return (
        known ?? { image, origin: shop.probe(image, 'absent'), candidates: [shop.candidate(image, 'absent')] }
      );
    },
    ...onFiles(plan, calls, script.discovery),
    ...onSetups(calls),
    close: async () => {
      calls.push({ name: 'close' });
    },
  };
}

/** What is put in place to stay. */
function onSetups(calls: Calls): Pick<Mender, 'owner' | 'prevent' | 'endPrevention' | 'setUpMirrors'> {
  return {
    owner: async (name, options) => {
      calls.push({ name: 'owner', options: { name, ...options } });
      return shop.ownership;
    },
    setUpMirrors: async (names, options) => {
      calls.push({ name: 'setUpMirrors', options: { names, ...options } });
      return { outcome: 'nothing-to-do', steps: [], kept: [], skipped: [] };
    },
    prevent: async (options) => {
      calls.push({ name: 'prevent', options });
      return await playPrevention(options);
    },
    endPrevention: async (options) => {
      calls.push({ name: 'endPrevention', options });
      return { outcome: options.dryRun ? 'dry-run' : (await options.confirm()) ? 'removed' : 'declined' };
    },
  };
}

async function playPrevention(options: Parameters<Mender['prevent']>[0]): Promise<PreventResult> {
  const prevention: Prevention = {
    objects: [{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingAdmissionPolicy' }],
    images: [
      {
        image: 'docker.io/library/web:1',
        with: 'harbor.lab/p/library/web:1',
        mirror: 'p',
        pods: 2,
        by: 'known',
      },
    ],
    kept: [{ image: 'quay.io/a/b:1', pods: 1, why: 'no-copy' }],
    inexpressible: [],
    secrets: [{ name: 'pullmend-p', missingIn: ['shop'] }],
    found: 'absent',
  };
  if (options.dryRun) return { ...prevention, outcome: 'dry-run' };
  if (!(await options.confirm(prevention))) return { ...prevention, outcome: 'declined' };
  const proof = { image: 'docker.io/library/web:1', given: 'harbor.lab/p/library/web:1', holds: true };
  return { ...prevention, outcome: 'applied', proof };
}

async function play(
  plan: RepairPlan,
  options: ApplyOptions & { readonly dryRun: boolean },
  { results = {}, beforeStep }: Script,
  { onEvent, signal }: Pick<MenderOptions, 'onEvent' | 'signal'>,
): Promise<ApplyResult> {
  const nothing = { verdicts: [], errors: {}, rolledBack: [] };
  if (plan.spec.steps.length === 0) return { outcome: 'nothing-to-do', ...nothing };
  const agreed: Step[] = [];
  for (const step of plan.spec.steps) {
    if (step.loss === undefined || (await options.confirmLoss(step))) agreed.push(step);
  }
  if (!options.dryRun && !(await options.confirm(plan))) return { outcome: 'declined', ...nothing };
  const verdicts: Verdict[] = [];
  const errors: Record<string, PullmendError> = {};
  const rolledBack: string[] = [];
  for (const step of agreed) {
    onEvent({ type: 'step-started', step });
    await beforeStep?.(step);
    signal.throwIfAborted();
    const result = results[step.id] ?? 'proved';
    if (result instanceof PullmendError) {
      errors[step.id] = result;
      onEvent({ type: 'step-failed', step, error: result });
      continue;
    }
    onEvent({ type: 'step-applied', step, seconds: 0.1 });
    if (options.dryRun) continue;
    onEvent({ type: 'verifying', step, proved: 0, expected: 2, others: [] });
    const verdict = verdictOf(step, result);
    verdicts.push(verdict);
    onEvent({ type: 'verdict', step, verdict });
    if (verdict.result !== 'failing' || options.keep) continue;
    rolledBack.push(step.id);
    onEvent({ type: 'rolled-back', step, outcomes: [] });
  }
  if (options.dryRun) return { outcome: 'dry-run', verdicts: [], errors, rolledBack: [] };
  const state =
    rolledBack.length === 0
      ? 'verified'
      : rolledBack.length === verdicts.length
        ? 'rolled-back'
        : 'partly-verified';
  return { outcome: 'applied', record: recordOf(plan, state, errors), verdicts, errors, rolledBack };
}

function verdictOf(step: Step, result: Verdict['result']): Verdict {
  const expected = result === 'nothing-runs' ? 0 : 2;
  return {
    step: step.id,
    object: step.object,
    result,
    proved: result === 'proved' ? expected : 0,
    expected,
    seconds: 12.3,
    ...(result === 'failing' ? { detail: 'CrashLoopBackOff' } : {}),
  };
}

function recordOf(
  plan: RepairPlan,
  state: RepairRecord['status']['state'],
  errors: Readonly<Record<string, PullmendError>> = {},
): RepairRecord {
  const at = '2026-05-01T12:00:30.000Z';
  return {
    apiVersion,
    kind: 'RepairRecord',
    metadata: { name: plan.metadata.name, createdAt: at },
    spec: { cluster: shop.cluster },
    status: {
      state,
      receipts: plan.spec.steps.map((step) => ({
        step,
        state: errors[step.id] === undefined ? 'applied' : 'failed',
        at,
      })),
    },
  };
}

function restored(plan: RepairPlan): readonly UndoOutcome[] {
  return plan.spec.steps.map((step) => ({ step: step.id, object: step.object, outcome: 'restored' }));
}
