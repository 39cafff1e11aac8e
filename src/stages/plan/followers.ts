import type { RewriteChange, RewriteLeft, Usage } from '../../core/model/index.ts';
import { nameOf, type Coverage } from './coverage.ts';
import type { Decided } from './open-names.ts';

/** An entry without a new name of its own: what it looks for is what it makes. */
export function namedAnew(usage: Usage): Usage {
  const { override } = usage;
  if (override?.field === undefined) return usage;
  const { field: _, ...rest } = override;
  return { ...usage, override: rest };
}

/**
 * What entries look for, changed with the images that they find. An image of which not every mention gets one and the
 * same new name stays, and so do the entries.
 */
export function withFollowers({ changes, left }: Decided, { followed, followers }: Coverage): Decided {
  const made = new Map(changes.map((change) => [change.usage, change]));
  const kept: RewriteLeft[] = [];
  const named = Map.groupBy(followed, (usage) => nameOf(usage));
  for (const [name, usages] of named) {
    const entries = [...followers].filter(({ override }) => override?.matches === name);
    const names = new Set(usages.map((usage) => bareName(made.get(usage))));
    const [to] = names;
    const isOne = names.size === 1 && to !== undefined;
    if (isOne && entries.every((entry) => entry.override?.position !== undefined)) {
      for (const entry of entries) follow(entry, to, made);
      continue;
    }
    for (const usage of [...usages, ...entries.filter((entry) => entry.override?.field !== undefined)]) {
      const change = made.get(usage);
      if (change === undefined) continue;
      made.delete(usage);
      kept.push({ usage, reason: 'override-matches', detail: change.with });
    }
  }
  return { changes: [...made.values()], left: [...left, ...kept] };
}

function follow(entry: Usage, name: string, made: Map<Usage, RewriteChange>): void {
  const { override } = entry;
  const change = made.get(entry) ?? { usage: entry, with: entry.image };
  if (override?.position === undefined) return;
  const edit = { ...override.position, before: override.matches, after: name };
  const others = (change.edits ?? []).filter(({ offset }) => offset !== edit.offset);
  made.set(entry, { ...change, edits: [...others, edit] });
}

function bareName(change: RewriteChange | undefined): string | undefined {
  return change && change.with.replace(/(?::[^/:@]*)?(?:@.*)?$/, '');
}
