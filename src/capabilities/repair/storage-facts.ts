import type { World } from '../../access/index.ts';
import { selects } from '../../core/choose/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ObjectRef, Selection, StorageClassFinding } from '../../core/model/index.ts';
import type { PlanInput, StorageFact } from '../../stages/plan/index.ts';

/** Its volumes are made by hand: no claim gets one for a mark. */
const noProvisioner = 'kubernetes.io/no-provisioner';

/**
 * The input of a plan with what is wrong with the default StorageClass, where a mark mends it and this user may set it.
 * Several defaults are touched only for a person who chose StorageClasses: on most clusters nothing fails for it.
 */
export async function withStorageFacts(
  input: PlanInput,
  only: readonly Selection[],
  world: World,
): Promise<PlanInput> {
  const finding = input.inventory.findings?.find(
    (one): one is StorageClassFinding => 'objects' in one && isAboutClasses(one.kind),
  );
  if (finding === undefined) return input;
  const fact =
    finding.kind === 'no-default-storage-class'
      ? await missing(finding, input, only, world)
      : await several(finding, only, world);
  return fact === undefined ? input : { ...input, facts: { ...input.facts, storage: fact } };
}

function isAboutClasses(kind: string): boolean {
  return kind === 'no-default-storage-class' || kind === 'several-default-storage-classes';
}

async function missing(
  { objects }: StorageClassFinding,
  input: PlanInput,
  only: readonly Selection[],
  world: World,
): Promise<StorageFact | undefined> {
  const [ref, ...more] = objects;
  const claims = claimsOf(input);
  if (ref === undefined || more.length > 0 || claims.length === 0) return undefined;
  if (!selects(only, { image: '', object: ref }) || !(await mayMark(world))) return undefined;
  const storageClass = await (await world.outside.kube()).find(ref);
  if (storageClass === undefined || digText(storageClass, 'provisioner') === noProvisioner) return undefined;
  return { is: 'missing', storageClass, claims };
}

async function several(
  { objects: [kept, ...others] }: StorageClassFinding,
  only: readonly Selection[],
  world: World,
): Promise<StorageFact | undefined> {
  const isMeant = ({ kind }: ObjectRef): boolean =>
    only.some(
      ({ field, pattern }) => field === 'kind' && pattern.toLowerCase().startsWith(kind.toLowerCase()),
    );
  const chosen = others.filter((object) => isMeant(object) && selects(only, { image: '', object }));
  if (kept === undefined || chosen.length === 0 || !(await mayMark(world))) return undefined;
  const kube = await world.outside.kube();
  const found = await Promise.all(chosen.map(async (ref) => await kube.find(ref)));
  return {
    is: 'several',
    kept: kept.name,
    others: found.filter((one): one is JsonObject => one !== undefined),
  };
}

/** Claims for which no default class was found, each once. */
function claimsOf({ inventory }: PlanInput): readonly ObjectRef[] {
  const links = (inventory.chains ?? [])
    .filter((chain) => chain.class === 'no-storage-class')
    .flatMap((chain) => chain.links.map(({ object }) => object));
  const claims = links.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  return [
    ...new Map(claims.map((claim) => [claim.uid ?? `${claim.namespace}/${claim.name}`, claim])).values(),
  ];
}

/** Whoever may not is told of it, and the rest of the plan is carried out. */
async function mayMark({ outside }: World): Promise<boolean> {
  return await (await outside.kube()).can({ verb: 'patch', resource: 'storageclasses.storage.k8s.io' });
}
