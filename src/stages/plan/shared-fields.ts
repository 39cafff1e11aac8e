import type { RewriteChange, RewriteLeft, Usage } from '../../core/model/index.ts';
import { placeOf, type Decided } from './open-names.ts';

/**
 * Where one field has a part in the names of several images, all of them take the new text or none: a registry that is
 * written once would carry along an image that should stay.
 */
export function withoutConflicts({ changes, left }: Decided, usages: readonly Usage[]): Decided {
  const made = new Map<Usage, RewriteChange>(changes.map((change) => [change.usage, change]));
  const byField = Map.groupBy(
    usages.flatMap((usage) =>
      (usage.parts?.fields ?? []).flatMap(({ written, position }) =>
        position === undefined ? [] : [{ usage, written, place: placeOf(position) }],
      ),
    ),
    ({ place }) => place,
  );
  const shared = [...byField.values()].filter((all) => all.length > 1);
  const dropped: RewriteLeft[] = [];
  for (let again = true; again;) {
    again = false;
    for (const all of shared) {
      const texts = all.map(({ usage, written, place }) => textAt(made.get(usage), place, written));
      if (new Set(texts).size === 1) continue;
      const others = all.filter(({ usage }) => !made.has(usage)).map(({ usage }) => usage.image);
      for (const { usage } of all) {
        const change = made.get(usage);
        if (change === undefined) continue;
        made.delete(usage);
        const detail = others.length > 0 ? others.join(', ') : change.with;
        dropped.push({ usage, reason: 'shared-field', detail });
        again = true;
      }
    }
  }
  return { changes: changes.filter(({ usage }) => made.has(usage)), left: [...left, ...dropped] };
}

function textAt(change: RewriteChange | undefined, place: string, written: string): string {
  return change?.edits?.find((edit) => placeOf(edit) === place)?.after ?? written;
}
