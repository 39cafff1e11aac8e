import type { UnusedSetting } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';

/** Why a setting of a node is there and not used. */
export function unusedText({ reason, path, line, detail = '' }: UnusedSetting, m: Page['m']): string {
  return m.nodeConfig.unused[reason](line === undefined ? path : `${path}:${line}`, detail);
}
