import { exitCode, redact, type ExitCode } from '../../../core/base/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
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
  if (shell.format === 'table') show(shell, harmless(listing), flags);
  else if (shell.format === 'list') {
    const lines = references(listing.groups).map((it) => `${redact(it)}\n`);
    shell.context.stdout.write(escapeHarmful(lines.join('')));
  }
  await shell.document(() => imageList(listing));
  return exitCode.done;
}

function show(shell: Shell, { groups, notes }: ImageListing, { explain, quiet }: Flags): void {
  const { page } = shell;
  shell.result(
    explain === undefined
      ? imagesScreen(groups, { brief: quiet === true }, page)
      : explainedText(groups, explain, page),
  );
  shell.detail(noteLines(notes, page));
}
