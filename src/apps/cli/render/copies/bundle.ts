import { isReferrersTag } from '../../../../core/image/index.ts';
import type { Bundle, BundleDiff, BundleFault } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** What was made; nothing when an image failed. */
export function bundleScreen(bundle: Bundle | undefined, out: string, page: Page): readonly string[] {
  const { m } = page;
  if (bundle === undefined) return wrap(m.bundle.unfinished, page.width);
  const bytes = bundle.volumes.reduce((sum, { size }) => sum + size, 0);
  const index = `${out.replace(/\.json$/, '')}.json`;
  const lines = [m.bundle.made(index, m.bundle.volumes(bundle.volumes.length), m.copy.bytes(bytes))];
  if (bundle.needs.length > 0) lines.push(m.bundle.needs(bundle.needs.length));
  return lines.flatMap((line) => wrap(line, page.width));
}

export function bundleCheckScreen(
  { bundle, faults }: { readonly bundle: Bundle; readonly faults: readonly BundleFault[] },
  page: Page,
): readonly string[] {
  const { m, paint, width } = page;
  const images = bundle.images.filter(({ name }) => !isReferrersTag(name)).length;
  if (faults.length === 0) {
    const counts = [m.words.images(images), m.bundle.volumes(bundle.volumes.length)].join(' · ');
    return wrap(`${paint.good('✔')} ${counts} · ${m.bundle.sound}`, width);
  }
  return [
    ...faults.flatMap(({ file, reason }) =>
      wrap(`${paint.bad('✘')} ${page.m.words.labelled(file, reason)}`, width),
    ),
    ...wrap(m.bundle.carryAgain, width),
  ];
}

export function bundleDiffScreen(diff: BundleDiff, page: Page): readonly string[] {
  const { m, width } = page;
  const { added, changed, removed, same, blobs, bytes } = diff;
  const rows = [
    ...added.map((name) => `+ ${name}`),
    ...changed.map((name) => `~ ${name}`),
    ...removed.map((name) => `- ${name}`),
  ];
  const counts = m.bundle.diff(added.length, changed.length, removed.length, same);
  return [...rows, counts, m.bundle.brings(blobs, m.copy.bytes(bytes))].flatMap((line) => wrap(line, width));
}
