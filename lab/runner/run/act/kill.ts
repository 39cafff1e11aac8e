import { isDeepStrictEqual } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kill } from '../../file/index.ts';
import { comparable, type Running } from '../../world/index.ts';
import { check, read, type Context } from '../context.ts';

/** How often a running pullmend is looked at for the moment to kill it. */
const LOOK_MS = 20;

/** Sends a signal at the moment that the scenario tells, and sees that the program ends soon after it. */
export async function killAt(context: Context, running: Running, kill: Kill, command: string): Promise<void> {
  const moment = momentOf(context, running, kill.after);
  let ended = false;
  const end = running.finished.finally(() => (ended = true));
  while (!ended && !(await moment.hasCome()))
    await Promise.race([end, sleep(LOOK_MS, undefined, { signal: context.signal })]);
  const inTime = !ended;
  const began = performance.now();
  running.kill(`SIG${kill.signal}` as NodeJS.Signals);
  const patience = setTimeout(() => running.kill('SIGKILL'), kill.within * 1000);
  const { signal, exit } = await end;
  clearTimeout(patience);
  const took = (performance.now() - began) / 1000;
  const seen = `${signal ?? `exit ${exit}`} ${took.toFixed(1)} s after SIG${kill.signal}`;
  const what = `${command}: SIG${kill.signal} ${moment.name}`;
  check(context, what, inTime || moment.mayBeLate, inTime ? seen : `had ended by itself with ${exit}`);
  if (inTime && kill.signal !== 'KILL')
    check(
      context,
      `${command} ends within ${kill.within} s after SIG${kill.signal}`,
      took <= kill.within,
      seen,
    );
}

type Moment = {
  readonly name: string;
  readonly mayBeLate: boolean;
  readonly hasCome: () => Promise<boolean> | boolean;
};

function momentOf(context: Context, running: Running, after: Kill['after']): Moment {
  const began = performance.now();
  const isAt = (seconds: number) => (): boolean => performance.now() - began >= seconds * 1000;
  if (after === 'applied') {
    return { name: 'after an object has changed', mayBeLate: false, hasCome: () => isApplied(context) };
  }
  if (typeof after === 'number') return { name: `after ${after} s`, mayBeLate: false, hasCome: isAt(after) };
  if ('random' in after) {
    const [from, to] = after.random;
    const seconds = from + Math.random() * (to - from);
    const name = `${seconds.toFixed(2)} s after the ${after.since}, by chance`;
    if (after.since === 'start') return { name, mayBeLate: true, hasCome: isAt(seconds) };
    return { name, mayBeLate: true, hasCome: afterWrites(context, 1, seconds) };
  }
  if ('writes' in after) {
    const hasCome = afterWrites(context, after.writes, 0);
    return { name: `after ${after.writes} writes`, mayBeLate: false, hasCome };
  }
  const stream = 'stdout' in after ? 'stdout' : 'stderr';
  const pattern = 'stdout' in after ? after.stdout : after.stderr;
  const hasCome = (): boolean => new RegExp(pattern, 'um').test(running.output()[stream]);
  return { name: `after ${stream} has /${pattern}/`, mayBeLate: false, hasCome };
}

/** So many seconds after so many writes were handed on to the API server, from now on. */
function afterWrites({ api }: Context, writes: number, seconds: number): () => boolean {
  const before = api?.proxy.writes() ?? 0;
  let since: number | undefined;
  return () => {
    if ((api?.proxy.writes() ?? 0) - before >= writes) since ??= performance.now();
    return since !== undefined && performance.now() - since >= seconds * 1000;
  };
}

async function isApplied(context: Context): Promise<boolean> {
  for (const [key, before] of context.objects) {
    const now = await read(context, key);
    if (now === undefined || !isDeepStrictEqual(comparable(now), comparable(before))) return true;
  }
  return false;
}
