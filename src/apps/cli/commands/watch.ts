import { setTimeout as sleep } from 'node:timers/promises';
import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import type { DiagnoseResult } from '../../../flows/index.ts';
import type { Flags } from '../flags/flags.ts';
import { targetOf } from '../flags/options.ts';
import { openWatchView, type Lost } from '../render/diagnosis/watch.ts';
import type { Shell } from '../shell.ts';
import { changesBetween, pauseSeconds } from '../watching.ts';

const defaultEverySeconds = 5;

/** Looks again and again until `q` or Ctrl-C. What goes wrong at the first look ends it; later it is asked again. */
export async function runWatch(shell: Shell, names: readonly string[], flags: Flags): Promise<ExitCode> {
  const { every = defaultEverySeconds } = flags;
  const { signal, now } = shell.context;
  let nodes: number | undefined;
  const target = targetOf(shell, flags, names);
  const mender = await shell.openMender(target, (event) => {
    if (event.type === 'cluster') ({ nodes } = event);
  });
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const view = openWatchView(shell, every, () => ended.abort());
  let seen: DiagnoseResult = { problems: [] };
  let failures = 0;
  try {
    for (let looks = 0; !stop.aborted; looks += 1) {
      const started = now();
      let lost: Lost | undefined;
      try {
        const result = await mender.diagnose(target);
        await view.show({
          result,
          nodes,
          changes: changesBetween(seen.problems, result.problems),
          wasLost: failures > 0,
        });
        seen = result;
        failures = 0;
      } catch (error) {
        if (stop.aborted) break;
        if (looks === 0 || !(error instanceof PullmendError)) throw error;
        failures += 1;
        lost = { error, seconds: 0 };
      }
      const seconds = pauseSeconds(every, (now() - started) / 1000, failures);
      if (lost !== undefined) await view.lost({ ...lost, seconds });
      await sleep(seconds * 1000, undefined, { signal: stop }).catch(() => undefined);
    }
  } finally {
    view.close();
  }
  return exitCode.done;
}
