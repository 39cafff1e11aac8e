import { domainWords } from '../../../../core/i18n/index.ts';

/** What nodes have. */
export const nodeImages = {
  total: (images: number, bytes: string) => `${domainWords('en').words.images(images)} · ${bytes}`,
  states: { running: 'running', created: 'created', paused: 'paused', exited: 'ended', unknown: 'unknown' },
  noContainer: 'no container',
  askRemove: (name: string, nodes: string) => `Take ${name} off ${nodes}? [y]es [n]o`,
  removal: {
    given: 'has it, given by a run; nothing uses it',
    removed: 'taken away',
    absent: 'has no such name',
    'not-ours': 'has it, and no run gave it: left alone',
    'in-use': 'a container that runs has it: left alone',
  },
  pinned: 'pinned',
  missing: (images: number) => `missing for its pods: ${domainWords('en').words.images(images)}`,
  nothingMissing: 'it has every image that its pods name',
} as const;
