import type { Notice } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';

/** A notice in one line. */
export function noticeText(notice: Notice, { m }: Page): string {
  const { notices } = m.run;
  switch (notice.what) {
    case 'unreadable-record': {
      const { where, key, reason } = notice.record;
      return notices.unreadable(key === undefined ? where : `${where} ${key}`, notices.why[reason]);
    }
    case 'cluster-away':
      return notices.clusterAway(notice.reason);
    case 'records-pruned':
      return notices.pruned(notice.runs.join(', '));
    case 'node-not-told':
      return notices.nodeNotTold(notice.node, notice.reason);
    case 'node-not-given':
      return notices.nodeNotGiven(notice.node, notice.reason);
  }
}
