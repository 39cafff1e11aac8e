import { exitCode, type ExitCode } from '../../../core/base/index.ts';
import type { Flags } from '../flags/flags.ts';
import { imageSourceOf } from '../flags/image-source.ts';
import { imageList } from '../render/documents/index.ts';
import { escapeHarmful, harmless } from '../render/harmless.ts';
import { explainedText, imagesScreen, noteLines, references } from '../render/files/images.ts';
import type { Shell } from '../shell.ts';

export async function runImages(shell: Shell, paths: readonly string[], flags: Flags): Promise<ExitCode> {
  const source = imageSourceOf(shell, paths, flags);
  const mender = await shell.openMender(source.type === 'files' ? source : undefined);
  const listing = await mender.images(source);
  shell.progress.finish();
  const { groups, notes } = harmless(listing);
  if (shell.format === 'list') {
    const lines = references(listing.groups).map((it) => `${it}\n`);
    shell.context.stdout.write(escapeHarmful(lines.join('')));
  }
  if (flags.explain === undefined)
    shell.result(imagesScreen(groups, { brief: flags.quiet === true }, shell.page));
  else shell.result(explainedText(groups, flags.explain, shell.page));
  shell.detail(noteLines(notes, shell.page));
  await shell.document(imageList(listing));
  return exitCode.done;
}
