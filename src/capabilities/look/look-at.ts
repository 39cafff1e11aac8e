import type { ClusterTarget, DiagnoseResult, Inventory, Supply, Target } from '../../core/model/index.ts';
import { isFailure } from '../../core/knowledge/chains/index.ts';
import { chainsWithoutImage, diagnose, diagnoseFiles } from '../../stages/diagnose/index.ts';
import { fromCluster, fromFiles, refuseEmptyScope } from '../../stages/source/index.ts';
import { supplyFor } from '../../stages/supply/index.ts';
import type { World } from '../../access/index.ts';
import { inventoryOfSnapshot } from '../snapshot/index.ts';

/** What a look gives: what diagnosis tells, and what a plan needs. */
type Seen = DiagnoseResult & {
  readonly inventory: Inventory;
  readonly supplies?: readonly Supply[];
};

/** What fails in the target and why. For files the registries are asked, since no kubelet has tried. */
export async function lookAt(target: Target, world: World): Promise<Seen> {
  const started = performance.now();
  const looked =
    target.type === 'files' ? await inFiles(target.paths, world) : await inCluster(target, world);
  const { problems } = looked;
  const { pods } = looked.inventory;
  const counted = target.type === 'files' || pods === undefined ? {} : { pods };
  const seconds = (performance.now() - started) / 1000;
  const othersWait = (looked.chains ?? []).length > 0 || (looked.findings ?? []).some(isFailure);
  world.options.onEvent({ type: 'problems', problems, seconds, othersWait, ...counted });
  return looked;
}

async function inFiles(paths: readonly string[], world: World): Promise<Seen> {
  const inventory = await fromFiles(paths, world.options);
  const images = inventory.usages.flatMap(({ reference }) => (reference === undefined ? [] : [reference]));
  const supplies = await supplyFor([...new Set(images)], inventory, world);
  return { inventory, problems: diagnoseFiles(inventory, supplies), supplies };
}

async function inCluster(target: Exclude<Target, { readonly type: 'files' }>, world: World): Promise<Seen> {
  const { inventory, takenAt, namespace } =
    target.type === 'snapshot'
      ? { ...(await inventoryOfSnapshot(target)), namespace: target.namespace }
      : { ...(await inventoryOf(target, world)), takenAt: undefined };
  const { cluster, nodes, unread, findings } = inventory;
  if (cluster !== undefined) {
    const where = namespace === undefined ? {} : { namespace };
    world.options.onEvent({ type: 'cluster', cluster, nodes, ...where });
  }
  return {
    ...(cluster === undefined ? {} : { cluster }),
    ...(takenAt === undefined ? {} : { takenAt }),
    inventory,
    problems: diagnose(inventory, world.outside.mirrors.mirrors),
    chains: chainsWithoutImage(inventory),
    ...(unread === undefined ? {} : { unread }),
    ...(findings === undefined ? {} : { findings }),
  };
}

async function inventoryOf(
  target: ClusterTarget,
  { outside, options }: World,
): Promise<{ readonly inventory: Inventory; readonly namespace?: string }> {
  const kube = await outside.kube();
  const { allNamespaces, names, selector, namespace = kube.namespace } = target;
  const scope = {
    ...(allNamespaces ? {} : { namespace }),
    ...(selector === undefined ? {} : { selector }),
  };
  const inventory = await fromCluster(kube, {
    ...scope,
    names,
    signal: options.signal,
    ...(options.now === undefined ? {} : { now: options.now() }),
  });
  if (inventory.pods === 0 && names.length === 0) await refuseEmptyScope(kube, scope);
  return { inventory, ...(allNamespaces ? {} : { namespace }) };
}
