/** The diagnosis that is kept up to date. */
export const watch = {
  looked: (time: string, every: string) => `looked at ${time}, again every ${every}`,
  quit: 'q ends',
  starting: 'the first look at the cluster',
  lost: (why: string, wait: string) => `no answer, asking again in ${wait}: ${why}`,
  back: 'the cluster answers again',
  cleared: 'no longer failing',
  marks: { added: 'new', changed: 'changed', cleared: 'cleared' },
  more: (lines: number) => `… ${lines} more lines`,
} as const;
