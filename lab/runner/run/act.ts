import { inClient, putBackParts, type Invocation } from '../../cluster/index.ts';
import { substitute, type Action, type PullmendAction } from '../file/index.ts';
import { comparable, start, type Finished, type Running } from '../world/index.ts';
import { check, locate, must, read, Stop, variablesOf, type Context } from './context.ts';
import { kubeconfigOf } from './desk.ts';
import { tryKubectl } from './kubectl.ts';
import { seesReady } from './observe.ts';
import { checkJson } from './values.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

/** How often a running pullmend is looked at for the moment to kill it. */
const KILL_LOOK_MS = 50;

/** A line of a JavaScript stack trace. */
const STACK_LINE = /^\s+at .+:\d+:\d+\)?$/m;

/** Does one thing of `when`. Throws Stop when it went otherwise than the scenario says. */
export async function act(context: Context, template: Action): Promise<void> {
  const action = substitute(template, variablesOf(context));
  if ('pullmend' in action) return actPullmend(context, action);
  if ('kubectl' in action) return actKubectl(context, action);
  if ('edit' in action) return actEdit(context, action);
  if ('nodes' in action) return putBackParts();
  if ('files' in action) return lookAtFiles(context, action.files);
  for (const of of action.ready)
    if (!(await seesReady(context, of, action.within))) throw new Stop(`${of} is not ready`);
}

async function actPullmend(context: Context, action: PullmendAction): Promise<void> {
  const command = ['pullmend', ...action.pullmend].join(' ');
  const running = startPullmend(context, action);
  context.say(`runs ${command}`);
  if (action.kill !== undefined) await killAt(context, running, action.kill.after);
  const finished = await running.finished;
  note(context, command, finished);
  checkManners(context, finished);
  if (action.kill === undefined) checkExit(context, command, finished, action.exit ?? 0);
  checkTexts(context, 'stdout', finished.stdout, action.stdout);
  checkTexts(context, 'stderr', finished.stderr, action.stderr);
  if (action.kill === undefined && wantsJson(action)) keepReport(context, finished.stdout);
  for (const { path, ...expected } of action.json) checkJson(context, 'JSON', context.report, path, expected);
  if (context.checks.some(({ ok }) => !ok)) throw new Stop(command);
}

type Call = Pick<PullmendAction, 'pullmend' | 'as' | 'env' | 'input'>;

export function startPullmend(context: Context, call: Call): Running {
  const { signal } = context;
  return start(pullmendInvocation(context, call), {
    signal,
    ...(call.input === undefined ? {} : { input: call.input }),
  });
}

/** How pullmend is started at the engineer's desk. */
export function pullmendInvocation(
  { home, lab }: Context,
  { pullmend, as, env }: Omit<Call, 'input'>,
): Invocation {
  const variables = { HOME: home, KUBECONFIG: kubeconfigOf(home, as), LANG: 'C.UTF-8', ...env };
  return inClient([...lab.pullmend, ...pullmend], { cwd: home, env: variables });
}

/** Keeps what pullmend said for the report. */
export function note(context: Context, command: string, finished: Finished): void {
  const { exit, signal, seconds, stdout, stderr } = finished;
  context.transcripts.push({ command, exit: String(exit ?? signal), seconds, stdout, stderr });
}

export function checkExit(context: Context, command: string, finished: Finished, expected: number): void {
  const seen = `${finished.exit ?? finished.signal} after ${finished.seconds.toFixed(1)} s`;
  const tail = finished.exit === expected ? '' : `; ${lastLines(finished.stderr || finished.stdout)}`;
  check(context, `${command} ends with ${expected}`, finished.exit === expected, seen + tail);
}

/** What holds for every run: no stack trace for a person, no secret for anybody. */
export function checkManners(context: Context, { stdout, stderr }: Finished): void {
  const stack = STACK_LINE.exec(stderr);
  if (stack !== null) check(context, 'no stack trace', false, lastLines(stderr));
  const told = context.secrets.filter((secret) => stdout.includes(secret) || stderr.includes(secret));
  if (told.length > 0)
    check(context, 'no secret is printed', false, `${told.length} texts of Secrets were printed`);
}

export function checkTexts(
  context: Context,
  stream: string,
  text: string,
  patterns: readonly string[],
): void {
  for (const pattern of patterns)
    check(context, `${stream} has /${pattern}/`, new RegExp(pattern, 'um').test(text), lastLines(text));
}

export function keepReport(context: Context, stdout: string): void {
  try {
    context.report = JSON.parse(stdout);
  } catch (error) {
    must(context, 'stdout is one JSON document', false, `${(error as Error).message}: ${lastLines(stdout)}`);
  }
}

export function wantsJson({ pullmend }: { readonly pullmend: readonly string[] }): boolean {
  return /(^| )(-o|--output)[ =]?json( |$)/.test(pullmend.join(' '));
}

async function killAt(
  context: Context,
  running: Running,
  after: NonNullable<PullmendAction['kill']>['after'],
): Promise<void> {
  const began = performance.now();
  const isTime = async (): Promise<boolean> => {
    if (after === 'applied') return isApplied(context);
    if (typeof after === 'number') return performance.now() - began >= after * 1000;
    const output = running.output();
    return 'stdout' in after
      ? new RegExp(after.stdout, 'um').test(output.stdout)
      : new RegExp(after.stderr, 'um').test(output.stderr);
  };
  let ended = false;
  const end = running.finished.finally(() => (ended = true));
  while (!ended && !(await isTime()))
    await Promise.race([end, sleep(KILL_LOOK_MS, undefined, { signal: context.signal })]);
  running.kill();
  const { signal, exit } = await end;
  must(
    context,
    `killed while it ran (${JSON.stringify(after)})`,
    signal === 'SIGKILL',
    `${signal ?? `ended by itself with ${exit}`}`,
  );
}

async function isApplied(context: Context): Promise<boolean> {
  for (const [key, before] of context.objects) {
    const now = await read(context, key);
    if (now === undefined || !isDeepStrictEqual(comparable(now), comparable(before))) return true;
  }
  return false;
}

async function actKubectl(
  context: Context,
  { kubectl, exit, stdout }: Extract<Action, { kubectl: unknown }>,
): Promise<void> {
  const command = ['kubectl', ...kubectl].join(' ');
  context.say(`runs ${command}`);
  const finished = await tryKubectl(context, kubectl);
  checkExit(context, command, finished, exit);
  checkTexts(context, 'stdout', finished.stdout, stdout);
  if (context.checks.some(({ ok }) => !ok)) throw new Stop(command);
}

async function actEdit(context: Context, { edit }: Extract<Action, { edit: unknown }>): Promise<void> {
  const { of, namespace } = locate(context, edit.object);
  await context.lab.kube.patch(of, namespace, edit.patch);
  check(context, `a person edits ${edit.object}`, true, JSON.stringify(edit.patch));
}

function lookAtFiles(context: Context, wanted: 'as-given' | 'changed'): void {
  const files = Object.entries(substitute(context.scenario.given.files, variablesOf(context)));
  for (const [name, given] of files) {
    const same = readFileSync(join(context.home, name), 'utf8') === given;
    must(
      context,
      `${name} is ${wanted}`,
      same === (wanted === 'as-given'),
      same ? 'the same' : 'another text',
    );
  }
}

const SHOWN_LINES = 12;

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n') || '(nothing)';
}
