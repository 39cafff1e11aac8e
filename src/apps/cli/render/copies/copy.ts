import type { CopyReport, CopyResult } from '../../../../flows/index.ts';
import { shortDigest } from '../repair/copies.ts';
import { errorScreen } from '../errors.ts';
import type { Page } from '../page.ts';
import { wrap } from '../wrap.ts';

/** One image: what became of it, and why it failed. */
export function copyLine(result: CopyResult, page: Page): readonly string[] {
  const { m, paint, width } = page;
  const { source, target, state, digest, sourceDigest, error } = result;
  const mark = { copied: paint.good('✔'), unchanged: '·', 'would-copy': '·', failed: paint.bad('✘') }[state];
  // Into a bundle an image goes under its own name.
  const names = source === target ? source : `${source} → ${target}`;
  const line = `${names}  ${m.copy.state[state]}`;
  const lines = wrap(line, width - 2).map((text, at) => `${at === 0 ? mark : ' '} ${text}`);
  if (sourceDigest !== undefined) {
    lines.push(`  ${m.copy.newDigest(shortDigest(sourceDigest), shortDigest(digest))}`);
  }
  if (error === undefined) return lines;
  return [...lines, ...errorScreen(error, { ...page, width: width - 2 }).map((text) => `  ${text}`)];
}

/** The end of a copy: how many, and what went over the line. */
export function copyScreen(report: CopyReport, dryRun: boolean, { m }: Page): readonly string[] {
  const { results, totals } = report;
  if (results.length === 0) return [m.copy.nothing];
  const count = (state: CopyResult['state']) => results.filter((it) => it.state === state).length;
  const failed = String(count('failed'));
  if (dryRun) {
    return [m.copy.wouldCopy(m.words.images(count('would-copy')), String(count('unchanged')))];
  }
  const { blobsSent, bytesSent, blobsMounted, blobsPresent } = totals;
  const counts = m.copy.summary(m.words.images(count('copied')), String(count('unchanged')), failed);
  const blobs = m.copy.blobs(blobsSent, m.copy.bytes(bytesSent), blobsMounted, blobsPresent);
  return [`${counts} · ${m.words.duration(report.seconds)}`, blobs];
}

/** Images below a path whose names there no mirror of the configuration gives: `fix` would not look for them. */
export function unsoughtScreen({ results }: CopyReport, { m, width }: Page): readonly string[] {
  const unsought = results.filter(({ state, mirror }) => state !== 'failed' && mirror === undefined);
  if (unsought.length === 0) return [];
  return [
    ...wrap(m.copy.unsought(unsought.map(({ target }) => target).join(', ')), width),
    ...wrap(m.copy.unsoughtNext(unsought.map(({ source }) => source).join(' ')), width),
  ];
}
