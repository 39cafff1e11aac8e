import { exitCode, PullmendError, type ExitCode } from '../../../core/base/index.ts';
import { parseMirrorSet } from '../../../core/knowledge/mirrors/index.ts';
import { readConfig } from '../config-file.ts';
import { configPath } from '../config-path.ts';
import { mirrorsScreen } from '../render/mirrors/mirrors.ts';
import { harmless } from '../render/harmless.ts';
import type { Shell } from '../shell.ts';
import { askingOf } from '../way-in/ask.ts';
import { mirrorSetOf } from '../way-in/trial.ts';
import { wayIn } from '../way-in/way-in.ts';

/** Stands for the images that are wanted later: every public mirror of Docker Hub should have it. */
const sample = 'docker.io/library/busybox:latest';

/** Asks where copies come from, which of those, and whether to write it; what stands in the file stays. */
export async function runInit(shell: Shell): Promise<ExitCode> {
  const asking = askingOf(shell);
  if (asking === undefined) {
    throw new PullmendError('PM_NEEDS_TERMINAL', { command: `${shell.context.program} init` });
  }
  // A file that `--config` names may be one that is to be written.
  const file = configPath(shell);
  const text = await readConfig(shell, file);
  const mirrors = text.trim() === '' ? mirrorSetOf([]) : parseMirrorSet(text, file);
  const mender = await shell.openTrial(mirrors);
  if (mirrors.mirrors.length > 0) {
    shell.result([shell.m.wayIn.haveAlready(file), ...mirrorsScreen(harmless(mirrors), shell.page)]);
  }
  if ((await wayIn(shell, asking, mender, { images: [sample], areSamples: true })) === undefined)
    return exitCode.nothingDone;
  const { program } = shell.context;
  shell.result([shell.m.wayIn.next(`${program} mirrors check`, `${program} fix -A`)]);
  return exitCode.done;
}
