import type { CommandAction } from '../../file/index.ts';
import { start, type Finished, type Running } from '../../world/index.ts';
import type { Context } from '../context.ts';
import { programInvocation, pullmendInvocation } from '../desk.ts';
import { kubectlInvocation } from '../kubectl.ts';
import { checkJson } from '../values.ts';
import { captureFrom } from './capture.ts';
import { killAt } from './kill.ts';
import { checkEnd, checkExit, checkManners, checkTexts, keepReport, note, wantsJson } from './said.ts';

/** Runs a command at the desk and compares what it said with what the scenario expects. */
export async function runCommand(context: Context, action: CommandAction): Promise<Finished> {
  const command = nameOf(action);
  context.say(`runs ${command}`);
  const running = startCommand(context, action);
  const killed = 'pullmend' in action ? action.kill : undefined;
  if (killed !== undefined) await killAt(context, running, killed, command);
  const finished = await endOf(context, running, action.within, command);
  note(context, command, finished);
  checkManners(context, finished);
  if (killed === undefined || action.exit !== undefined)
    checkExit(context, command, finished, action.exit ?? 0);
  checkTexts(context, command, finished, action);
  if ('pullmend' in action && killed === undefined && wantsJson(action)) keepReport(context, finished);
  const document = 'pullmend' in action ? context.report : parsed(finished.stdout);
  for (const { path, ...expected } of action.json) checkJson(context, 'JSON', document, path, expected);
  await captureFrom(context, action.capture, finished);
  return finished;
}

/** Waits for its end; a command that takes longer than it may is killed. */
async function endOf(
  context: Context,
  running: Running,
  within: number | undefined,
  command: string,
): Promise<Finished> {
  if (within === undefined) return running.finished;
  const timer = setTimeout(() => running.kill('SIGKILL'), within * 1000);
  try {
    const finished = await running.finished;
    checkEnd(context, command, finished, within);
    return finished;
  } finally {
    clearTimeout(timer);
  }
}

function startCommand(context: Context, action: CommandAction): Running {
  const { input, as, env } = action;
  const invocation =
    'pullmend' in action
      ? pullmendInvocation(context, action)
      : 'kubectl' in action
        ? kubectlInvocation(context, action.kubectl, { as, env })
        : programInvocation(context, action.run, { as, env });
  return start(invocation, { signal: context.signal, ...(input === undefined ? {} : { input }) });
}

function nameOf(action: CommandAction): string {
  if ('pullmend' in action) return ['pullmend', ...action.pullmend].join(' ');
  return 'kubectl' in action ? ['kubectl', ...action.kubectl].join(' ') : action.run.join(' ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
