import type { Json } from '../model/index.ts';
import { isMap } from './is-map.ts';
import { pointerToken } from '../base/index.ts';

/** One value that differs between two documents. */
export type Leaf = {
  /** JSON pointer (RFC 6901). */
  readonly path: string;
  /** Absent where there was nothing. */
  readonly before?: Json;
  /** Absent where nothing is any more. */
  readonly after?: Json;
};

/** The innermost values that differ; of lists of different lengths, the whole list. */
export function changedLeaves(before: Json | undefined, after: Json | undefined, path = ''): readonly Leaf[] {
  if (before === after) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => changedLeaves(item, after[index], `${path}/${index}`));
  }
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changedLeaves(before[key], after[key], `${path}/${pointerToken(key)}`));
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}
