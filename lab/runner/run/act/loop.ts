import { setTimeout as sleep } from 'node:timers/promises';
import type { Loop } from '../../file/index.ts';
import { start } from '../../world/index.ts';
import { check, type Context } from '../context.ts';
import { kubectlInvocation } from '../kubectl.ts';
import { note } from './said.ts';

/** Somebody who does the same again and again, as an installer does, until the scenario or a `stop` ends it. */
export async function startLoop(context: Context, { name, every, kubectl, as }: Loop): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, context.signal]);
  context.loops.set(name, ending);
  const turn = async (): Promise<void> => {
    const finished = await start(kubectlInvocation(context, kubectl, { as }), { signal }).finished;
    note(context, `loop ${name}: kubectl ${kubectl.join(' ')}`, finished);
  };
  await turn();
  const going = (async () => {
    while (!signal.aborted) {
      await sleep(every * 1000, undefined, { signal });
      await turn();
    }
  })().catch(() => {});
  context.cleanup.push(async () => {
    ending.abort();
    await going;
  });
}

export function stopLoop(context: Context, name: string): void {
  const loop = context.loops.get(name);
  check(
    context,
    `loop ${name} ends`,
    loop !== undefined,
    loop === undefined ? 'there is no such loop' : 'ended',
  );
  loop?.abort();
}
