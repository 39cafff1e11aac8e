import { exitCode, redact, type ExitCode } from '../../../core/base/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
import type { Mender } from '../../../flows/index.ts';
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
    const images = references(listing.groups);
    const named = flags.digests === true ? await withDigests(images, mender) : images;
    const lines = named.map((it) => `${redact(it)}\n`);
    shell.context.stdout.write(escapeHarmful(lines.join('')));
    if (named.length < images.length) return exitCode.failuresLeft;
  }
  await shell.document(() => imageList(listing));
  return exitCode.done;
}

/** With the digest that its own registry gives to each; those of which it gives none are left out. */
async function withDigests(images: readonly string[], mender: Mender): Promise<readonly string[]> {
  const found = images.map(async (image) => {
    if (image.includes('@')) return [image];
    const { origin } = await mender.find(image, []);
    return origin.digest === undefined ? [] : [`${image}@${origin.digest}`];
  });
  return (await Promise.all(found)).flat();
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
