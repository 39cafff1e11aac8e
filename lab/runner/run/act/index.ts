import { setTimeout as sleep } from 'node:timers/promises';
import { substitute, type Action, type ApiRule, type Step } from '../../file/index.ts';
import { check, variablesOf, type Context } from '../context.ts';
import { checkField } from '../fields.ts';
import { seesFailing, seesReady } from '../observe.ts';
import { checkUnchanged } from '../unchanged.ts';
import { changeUpstreams } from '../upstreams.ts';
import { setWebhook } from '../webhooks.ts';
import { captureFrom } from './capture.ts';
import { runCommand } from './command.ts';
import { editObject } from './edit.ts';
import { lookAtFiles } from './files.ts';
import { startLoop, stopLoop } from './loop.ts';
import { changeNodes } from './nodes.ts';

/** Does one thing of `when`, or several side by side. What went otherwise than the scenario says is a failed check. */
export async function act(context: Context, action: Action): Promise<void> {
  if (!('parallel' in action)) return take(context, action);
  // An error of one branch must not leave the others running unseen.
  const ends = await Promise.allSettled(
    action.parallel.map(async (branch) => {
      for (const step of Array.isArray(branch) ? branch : [branch]) await take(context, step);
    }),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function take(context: Context, template: Step): Promise<void> {
  if ('pipe' in template) return pipe(context, template.pipe);
  const step = substitute(template, variablesOf(context));
  if ('pullmend' in step || 'kubectl' in step || 'run' in step) return void (await runCommand(context, step));
  if ('edit' in step) return editObject(context, step.edit);
  if ('nodes' in step) return changeNodes(context, step.nodes);
  if ('files' in step) return lookAtFiles(context, step.files);
  if ('upstreams' in step) return changeUpstreams(context, step.upstreams);
  if ('loop' in step) return startLoop(context, step.loop);
  if ('stop' in step) return stopLoop(context, step.stop);
  if ('pause' in step) return sleep(step.pause * 1000, undefined, { signal: context.signal });
  if ('unchanged' in step) return checkUnchanged(context, step.unchanged, 'unchanged');
  if ('capture' in step) return captureFrom(context, step.capture);
  if ('api' in step) return setApiRules(context, step.api);
  if ('webhook' in step) {
    for (const [name, answer] of Object.entries(step.webhook)) await setWebhook(context, name, answer);
    return;
  }
  if ('fields' in step) {
    for (const field of step.fields) await checkField(context, field, step.within);
    return;
  }
  if ('failing' in step) return all(step.failing.map((one) => seesFailing(context, one, 'now')));
  return all(step.ready.map((of) => seesReady(context, of, step.within)));
}

async function all(looks: readonly Promise<boolean>[]): Promise<void> {
  await Promise.all(looks);
}

async function pipe(context: Context, templates: Extract<Step, { pipe: unknown }>['pipe']): Promise<void> {
  let input: string | undefined;
  for (const template of templates) {
    const command = substitute(template, variablesOf(context));
    const given = input ?? command.input;
    const { stdout } = await runCommand(context, {
      ...command,
      ...(given === undefined ? {} : { input: given }),
    });
    input = stdout;
  }
}

async function setApiRules(context: Context, rules: readonly ApiRule[]): Promise<void> {
  const { api } = context;
  check(context, 'rules for the API server', api !== undefined, api?.proxy.url ?? 'there is no `given.api`');
  await api?.proxy.setRules(rules);
}
