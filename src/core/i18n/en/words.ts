import { counted, formatDuration } from '../format.ts';

/** Counts and times. */
export const words = {
  images: counted('image', 'images'),
  pods: counted('pod', 'pods'),
  claims: counted('claim waits', 'claims wait'),
  owners: counted('owner', 'owners'),
  nodes: counted('node', 'nodes'),
  namespaces: counted('namespace', 'namespaces'),
  files: counted('file', 'files'),
  places: counted('place', 'places'),
  changes: counted('change', 'changes'),
  more: (n: number) => `… and ${n} more`,
  duration: (seconds: number) =>
    formatDuration(
      {
        seconds: (n) => `${n} s`,
        minutes: (n) => `${n} min`,
        hours: (n) => `${n} h`,
        days: (n) => `${n} d`,
      },
      seconds,
    ),
  list: (items: readonly string[]) => items.join(', '),
  /** Parts of one sentence. */
  clauses: (items: readonly string[]) => items.join(', '),
  /** Whole thoughts in one line. */
  sentences: (items: readonly string[]) => items.join('; '),
  labelled: (label: string, text: string) => `${label}: ${text}`,
  withAside: (text: string, aside: string) => `${text} (${aside})`,
} as const;
