import { formatNumber } from '../../../../core/i18n/index.ts';

/** `copy` and `sync`. */
export const copy = {
  state: { copied: 'copied', unchanged: 'unchanged', 'would-copy': 'would be copied', failed: 'failed' },
  progress: (done: number, total: number, sent: string, of: string, rate: string, left: string) =>
    `${done} of ${total} images · ${sent} of ${of} · ${rate}/s${left === '' ? '' : ` · ${left} left`}`,
  newDigest: (from: string, to: string) => `other digest: ${from} → ${to}`,
  summary: (copied: string, unchanged: string, failed: string) =>
    `${copied} copied · ${unchanged} unchanged · ${failed} failed`,
  wouldCopy: (images: string, unchanged: string) =>
    `${images} would be copied · ${unchanged} unchanged; nothing was written`,
  blobs: (sent: number, bytes: string, mounted: number, present: number) =>
    `${sent} blobs sent (${bytes}) · ${mounted} mounted · ${present} were there`,
  nothing: 'the list names no image',
  bytes: (n: number) => {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
    const power = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log2(n) / 10));
    return `${formatNumber(n / 1024 ** power, power === 0 ? 0 : 1)} ${units[power] ?? 'B'}`;
  },
  unsought: (names: string) =>
    `no mirror of the configuration would look for ${names}: pullmend fix will not find it`,
  unsoughtNext: (images: string) => `what each mirror calls it: pullmend mirrors explain ${images}`,
  interrupted: 'what was copied stays; the same command goes on from here',
  destination: 'write at least one image and then the destination',
  manyNeedFolder: (text: string) =>
    `"${text}" is one image name; for several images write a registry and path with / at its end`,
} as const;
