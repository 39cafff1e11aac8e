import { gzipSync } from 'node:zlib';
import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { writeOut } from '../out-file.ts';
import { jsonLine } from '../render/harmless.ts';
import { shellWord } from '../render/names.ts';
import type { Shell } from '../shell.ts';

export async function runSnapshot(shell: Shell, _: readonly string[], flags: Flags): Promise<ExitCode> {
  const { namespace, allNamespaces = false, hashNames = false, out } = flags;
  const target = {
    type: 'cluster',
    names: [],
    allNamespaces,
    ...(namespace === undefined ? {} : { namespace }),
  } as const;
  const mender = await shell.openMender(target);
  const snapshot = await mender.snapshot(target, { hashNames });
  const text = `${jsonLine(snapshot)}\n`;
  shell.progress.finish();
  if (out === undefined) {
    shell.context.stdout.write(text);
    return exitCode.done;
  }
  await writeOut(shell, out, out.endsWith('.gz') ? gzipSync(text) : text);
  const { objects, unreadable } = snapshot.status;
  shell.result([
    shell.m.snapshot.written(out, objects.length),
    ...(unreadable.length === 0 ? [] : [shell.m.snapshot.unreadable(shell.m.words.list(unreadable))]),
    shell.m.snapshot.read(`${shell.context.program} diagnose --snapshot ${shellWord(out)}`),
  ]);
  return exitCode.done;
}
