import pLimit from 'p-limit';
import { exitCode, redact, type ExitCode } from '../../../core/base/index.ts';
import type { ImageListing } from '../../../core/model/index.ts';
import type { Mender } from '../../../flows/index.ts';
import type { Flags } from '../flags/flags.ts';
import { imageSourceOf } from '../flags/image-source.ts';
import { imageList } from '../render/documents/index.ts';
import { escapeHarmful, harmless } from '../render/harmless.ts';
import { explainedText, imagesScreen, noteLines, references } from '../render/files/images.ts';
import type { Shell } from '../shell.ts';

/** Images that registries are asked for at a time. */
const concurrency = 8;

export async function runImages(shell: Shell, paths: readonly string[], flags: Flags): Promise<ExitCode> {
  const source = imageSourceOf(shell, paths, flags);
  const mender = await shell.openMender(source.type === 'files' ? source : undefined);
  const listing = await mender.images(source);
  shell.progress.finish();
  if (shell.format === 'table') show(shell, harmless(listing), flags);
  else if (shell.format === 'list') {
    const images = references(listing.groups);
    const { named, without } =
      flags.digests === true ? await withDigests(images, mender) : { named: images, without: [] };
    shell.context.stdout.write(lined(named));
    if (without.length > 0) {
      shell.context.stderr.write(lined([shell.m.images.withoutDigest(without.join(', '))]));
      return exitCode.failuresLeft;
    }
  }
  await shell.document(() => imageList(listing));
  return exitCode.done;
}

type Named = { readonly named: readonly string[]; readonly without: readonly string[] };

/** With the digest that its own registry gives to each, and those of which it gives none. */
async function withDigests(images: readonly string[], mender: Mender): Promise<Named> {
  const limit = pLimit(concurrency);
  const found = images.map((image) => limit(async () => await digestOf(image, mender)));
  const all = await Promise.all(found);
  return {
    named: all.flatMap((it) => it ?? []),
    without: images.filter((_, index) => all[index] === undefined),
  };
}

async function digestOf(image: string, mender: Mender): Promise<string | undefined> {
  if (image.includes('@')) return image;
  const { origin } = await mender.find(image, []);
  return origin.digest === undefined ? undefined : `${image}@${origin.digest}`;
}

function lined(texts: readonly string[]): string {
  return escapeHarmful(texts.map((it) => `${redact(it)}\n`).join(''));
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
