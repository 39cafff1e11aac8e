import type { NodeInventory, OfNode } from '../../../../flows/index.ts';
import type { Page } from '../page.ts';
import { table } from '../table.ts';
import { perNode } from './per-node.ts';

/** What each node has, largest first, then what its pods name and it lacks. */
export function inventoryScreen(
  nodes: readonly OfNode<NodeInventory>[],
  onlyMissing: boolean,
  page: Page,
): readonly string[] {
  const { m, paint, width } = page;
  const layout = { indent: 2, width };
  return perNode(nodes, page, ({ images, missing }) => {
    const total = images.reduce((sum, { bytes }) => sum + bytes, 0);
    const rows = images.flatMap(({ names, digest, bytes, pinned }) => {
      const size = m.copy.bytes(bytes);
      const aside = pinned ? [m.nodeImages.pinned] : [];
      const [first = digest, ...others] = shown(names);
      return [[size, [first, ...aside].join(' · ')], ...others.map((name) => ['', name])];
    });
    return [
      ...(onlyMissing ? [] : [`  ${m.nodeImages.total(images.length, m.copy.bytes(total))}`]),
      ...(onlyMissing ? [] : table(rows, layout)),
      ...(missing.length === 0
        ? [`  ${m.nodeImages.nothingMissing}`]
        : [paint.bad(`  ${m.nodeImages.missing(missing.length)}`)]),
      ...table(
        missing.map(({ image, pods }) => [m.words.pods(pods), image]),
        layout,
      ),
    ];
  });
}

/** A name by digest says nothing beside the same name by tag. */
function shown(names: readonly string[]): readonly string[] {
  const tagged = names.filter((name) => !name.includes('@'));
  const repositories = new Set(tagged.map((name) => name.replace(/:[^:/]+$/, '')));
  const alone = names.filter((name) => name.includes('@') && !repositories.has(name.replace(/@.*$/, '')));
  return [...tagged, ...alone];
}
