import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { unpackTar } from 'modern-tar';

/** Charts are kilobytes; those with dashboards and CRDs a few megabytes. */
export const maxChartBytes = 64 * 1024 * 1024;
/** The largest known have some hundreds. */
export const maxChartFiles = 10_000;
/** Helm loads no larger one (`MaxDecompressedFileSize` in its pkg/chart/loader/archive). */
export const maxPartBytes = 5 * 1024 * 1024;

/** Sub-charts of sub-charts; Helm's own packing nests once. */
export const deepest = 5;

/** How the name of a packed chart ends. */
export const packed = /\.t(?:ar\.)?gz$/;
const unzip = promisify(gunzip);

/** The folder that a packed sub-chart stands for, with a `/` at its end; undefined for any other path. */
export function subChartFolder(path: string): string | undefined {
  return /(?:^|\/)charts\/[^/]+$/.test(path) && packed.test(path) ? path.replace(packed, '/') : undefined;
}

/**
 * Texts of a packed chart whose path in it `wanted` matches, without writing a file; of packed sub-charts as if they
 * were unpacked beside their archive; all of them together are bounded. Throws what zlib and the reader of archives throw.
 */
export async function packedTexts(
  archive: Uint8Array,
  wanted: RegExp,
  below = '',
  depth = 0,
  budget = { left: maxChartBytes },
): Promise<ReadonlyMap<string, string>> {
  const bytes = await unzip(archive, { maxOutputLength: Math.max(1, budget.left) });
  budget.left -= bytes.length;
  const nameOf = (path: string): string => below + path.replace(/^(?:\.\/)?[^/]*\//, '');
  const entries = await unpackTar(bytes, {
    filter: ({ type, name, size }) =>
      type === 'file' && (packed.test(name) || (size <= maxPartBytes && wanted.test(nameOf(name)))),
  });
  const found = new Map<string, string>();
  for (const { header, data = new Uint8Array() } of entries) {
    const path = nameOf(header.name);
    if (!packed.test(path)) found.set(path, Buffer.from(data).toString('utf8'));
    const folder = subChartFolder(path);
    if (folder !== undefined && depth < deepest) {
      const inner = await packedTexts(data, wanted, folder, depth + 1, budget);
      for (const [name, text] of inner) found.set(name, text);
    }
  }
  return found;
}
