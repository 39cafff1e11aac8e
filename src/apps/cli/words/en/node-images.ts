import { domainWords } from '../../../../core/i18n/index.ts';

/** What nodes have. */
export const nodeImages = {
  total: (images: number, bytes: string) => `${domainWords('en').words.images(images)} · ${bytes}`,
  pinned: 'pinned',
  missing: (images: number) => `missing for its pods: ${domainWords('en').words.images(images)}`,
  nothingMissing: 'it has every image that its pods name',
} as const;
