import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { substitute, type Scenario } from '../file/index.ts';
import type { Invocation } from '../../cluster/index.ts';
import {
  kubectlInvocation,
  prepare,
  pullmendInvocation,
  seesReady,
  variablesOf,
  withScenario,
  type Context,
  type Lab,
} from '../run/index.ts';

/**
 * Plays a scenario for a person: the commands of `when` on this terminal, one after the other, with nothing
 * checked but that they end well. Where nobody can be asked, pullmend gets `--yes`. Gives the exit code.
 */
export async function play(lab: Lab, scenario: Scenario): Promise<number> {
  const say = (text: string): void => console.log(`# ${text}`);
  return withScenario(lab, scenario, say, new AbortController().signal, async (context) => {
    await prepare(context);
    for (const action of substitute(scenario.when, variablesOf(context))) {
      if ('kubectl' in action)
        await show(['kubectl', ...action.kubectl], kubectlInvocation(context, action.kubectl));
      else if ('pullmend' in action) await showPullmend(context, action.pullmend);
      else if ('ready' in action) for (const of of action.ready) await seesReady(context, of, action.within);
    }
    return context.checks.every(({ ok }) => ok) ? 0 : 1;
  });
}

async function showPullmend(context: Context, typed: readonly string[]): Promise<void> {
  const args = process.stdin.isTTY && process.stdout.isTTY ? typed : [...typed, '--yes'];
  const exit = await show(
    ['pullmend', ...args],
    pullmendInvocation(context, { pullmend: [...args], env: {} }),
  );
  context.checks.push({ check: typed.join(' '), ok: exit === 0, seen: String(exit) });
}

async function show(typed: readonly string[], { command, args }: Invocation): Promise<number | null> {
  console.log(`\n$ ${typed.join(' ')}`);
  const [exit] = (await once(spawn(command, args, { stdio: 'inherit' }), 'exit')) as [number | null];
  return exit;
}
