import { editsDiff, secretLines } from '../../core/edit/index.ts';
import { readTextFile } from '../../adapters/files/index.ts';
import type { FileEdit, RepairPlan } from '../../core/model/index.ts';
import type { World } from '../../access/index.ts';
import { checkoutOf, folderIn, isSameRepository, pathFrom, type Checkout } from './checkouts.ts';
import { editsInChart } from './in-chart.ts';
import { editsInFolder } from './in-folder.ts';
import { editsInObject, fileOfDelivery } from './in-object.ts';
import { targetsOf } from './targets.ts';
import type {
  SourceChange,
  SourceChanges,
  SourceEdits,
  SourcePatch,
  SourceProof,
  SourceTarget,
} from './types.ts';

/** The least sure of several ways is what is told. */
const surest: readonly SourceProof[] = ['unproved', 'read', 'rendered', 'built'];

/**
 * What must change in checkouts so that deliveries name the copies of a plan: patches, the checkouts stay as they are.
 * Errors: PM_SOURCE_NOT_CHECKOUT, those of reading files.
 */
export async function sourceChanges(
  plan: RepairPlan,
  folders: readonly string[],
  world: World,
): Promise<SourceChanges> {
  const found = await Promise.all(folders.map(async (folder) => await checkoutOf(folder)));
  const checkouts = [...new Map(found.map((one) => [one.root, one])).values()];
  const edits = new Map<Checkout, FileEdit[]>();
  const changes: SourceChange[] = [];
  for (const target of targetsOf(plan)) {
    const done = await changeOf(target, checkouts, world);
    changes.push(done.change);
    for (const [checkout, own] of done.edits) edits.set(checkout, [...(edits.get(checkout) ?? []), ...own]);
  }
  const patches = await Promise.all([...edits].map(async ([checkout, own]) => await patchOf(checkout, own)));
  return { changes, patches: patches.filter(({ patch }) => patch !== '') };
}

type Done = {
  readonly change: SourceChange;
  readonly edits: readonly (readonly [Checkout, readonly FileEdit[]])[];
};

async function changeOf(
  { manager, copies }: SourceTarget,
  checkouts: readonly Checkout[],
  world: World,
): Promise<Done> {
  const { source } = manager;
  const own = checkouts.find(({ remotes }) =>
    remotes.some((remote) => source?.repository !== undefined && isSameRepository(remote, source.repository)),
  );
  let left = copies;
  let where: Checkout | undefined;
  let unbuilt: string | undefined;
  const edits: (readonly [Checkout, readonly FileEdit[]])[] = [];
  const proofs: SourceProof[] = [];
  const take = (checkout: Checkout, found: SourceEdits): void => {
    const moved = left.filter(({ image }) => found.moved.has(image));
    if (moved.length === 0) return;
    where ??= checkout;
    edits.push([checkout, found.edits]);
    proofs.push(found.proof);
    left = left.filter((copy) => !moved.includes(copy));
  };
  const folder = own === undefined ? undefined : await folderIn(own, placeOf(source));
  if (own !== undefined && folder !== undefined && source?.built !== 'helm') {
    const found = await editsInFolder(folder, left, world);
    unbuilt = found.unbuilt;
    take(own, found);
  }
  for (const checkout of checkouts) {
    if (left.length === 0) break;
    const file = await fileOfDelivery(manager, checkout);
    if (file === undefined) continue;
    if (folder !== undefined && source?.built === 'helm') {
      const rendered = await editsInChart(file, folder, left, world);
      unbuilt = rendered.unbuilt;
      take(checkout, rendered);
    }
    if (left.length > 0) take(checkout, await editsInObject(file, left, world));
  }
  const checkout = where ?? own;
  return {
    change: {
      manager,
      ...(checkout === undefined ? {} : { checkout: checkout.root }),
      moved: copies.filter((copy) => !left.includes(copy)),
      left,
      places: edits.flatMap(([at, all]) => all.map(({ file, line }) => ({ file: pathFrom(at, file), line }))),
      ...proofIn(proofs),
      ...(unbuilt === undefined ? {} : { unbuilt }),
    },
    edits,
  };
}

/** The folder of the manifests, or of the chart where Flux takes it from the same repository. */
function placeOf(source: SourceTarget['manager']['source']): string {
  return source?.path ?? (source?.chart?.startsWith('.') === true ? source.chart : '.');
}

function proofIn(proofs: readonly SourceProof[]): { readonly proof?: SourceProof } {
  const proof = surest.find((one) => proofs.includes(one));
  return proof === undefined ? {} : { proof };
}

/** One diff a file, whatever deliveries change it. */
async function patchOf(checkout: Checkout, edits: readonly FileEdit[]): Promise<SourcePatch> {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  const parts = await Promise.all(
    [...byFile].map(async ([path, own]) => {
      const { text } = await readTextFile(path);
      return editsDiff(pathFrom(checkout, path), text, inOrder(own), secretLines(text));
    }),
  );
  return { checkout: checkout.root, patch: parts.join('') };
}

/** From top to bottom, each once; what overlaps an earlier edit is left out. */
function inOrder(edits: readonly FileEdit[]): readonly FileEdit[] {
  const distinct = [
    ...new Map(edits.map((edit) => [`${edit.offset} ${edit.length} ${edit.after}`, edit])).values(),
  ];
  const sorted = distinct.toSorted((a, b) => a.offset - b.offset);
  return sorted.filter((edit, index) => {
    const before = sorted.slice(0, index).findLast(({ length }) => length > 0);
    return before === undefined || edit.length === 0 || before.offset + before.length <= edit.offset;
  });
}
