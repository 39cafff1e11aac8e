import type { World } from '../../access/index.ts';
import type { Kube } from '../../adapters/kube/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import { isMirrored } from '../../core/knowledge/mirrors/index.ts';
import { policyObjects, preventedName, type PreventionRules } from '../../core/knowledge/prevention/index.ts';
import type { Permission } from '../../core/model/index.ts';
import { secretName } from '../../stages/plan/index.ts';
import { requireRights } from '../repair/index.ts';
import { usedImages, type UsedImage } from './images.ts';
import {
  findPolicy,
  isSame,
  policyRefs,
  removePolicy,
  servedPolicy,
  writePolicy,
} from './policy-in-cluster.ts';
import { provePolicy } from './prove-policy.ts';
import { rulesFor } from './rules-for.ts';
import type {
  KeptImage,
  PreventedImage,
  Prevention,
  PreventOptions,
  PreventResult,
  RemovalResult,
} from './types.ts';

/**
 * Gives the cluster a policy by which new pods get the mirrors' names of their images, whoever makes them. Errors:
 * PM_NO_ADMISSION_POLICY, PM_NOT_OURS, PM_MISSING_PERMISSIONS before anything changes.
 */
export async function prevent(options: PreventOptions, world: World): Promise<PreventResult> {
  const kube = await world.outside.kube();
  const apiVersion = await servedPolicy(kube);
  const used = await usedImages(kube, world.options.signal);
  const { excludedNamespaces } = options;
  const reached = used.filter(({ namespaces }) =>
    [...namespaces].some((name) => !excludedNamespaces.includes(name)),
  );
  const rules = await rulesFor(reached, options, world);
  const found = await findPolicy(kube, policyRefs(apiVersion));
  const prevention = await preventionOf(used, rules, { ...options, apiVersion, found }, kube);
  if (prevention.found === 'same') return { ...prevention, outcome: 'unchanged' };
  await requireRights(rightsFor(['create', 'update']), world);
  if (options.dryRun) {
    await writePolicy(kube, prevention.objects, found, { dryRun: true });
    return { ...prevention, outcome: 'dry-run' };
  }
  if (!(await options.confirm(prevention))) return { ...prevention, outcome: 'declined' };
  await writePolicy(kube, prevention.objects, found, { dryRun: false });
  const proof = await proveSomewhere(prevention, used, options, kube, world.options.signal);
  return { ...prevention, outcome: 'applied', ...(proof === undefined ? {} : { proof }) };
}

/** Namespaces that are asked: one may be on its way out, or let in no such pod. */
const maxNamespaces = 5;

async function proveSomewhere(
  { images }: Prevention,
  used: readonly UsedImage[],
  { excludedNamespaces }: PreventOptions,
  kube: Kube,
  signal: AbortSignal,
): Promise<PreventResult['proof']> {
  const samples = new Map<string, Prevention['images'][number]>();
  for (const one of images) {
    const namespaces = used.find(({ image }) => image === one.image)?.namespaces ?? [];
    for (const name of namespaces) {
      if (!excludedNamespaces.includes(name) && !samples.has(name)) samples.set(name, one);
    }
  }
  let proof: PreventResult['proof'];
  for (const [namespace, one] of [...samples].slice(0, maxNamespaces)) {
    proof = await provePolicy(kube, one, namespace, signal);
    if (proof !== 'forbidden') return proof;
  }
  return proof;
}

/** Takes the policy away; pods that have a mirror's name keep it until they are made anew. */
export async function endPrevention(
  options: { readonly dryRun: boolean; readonly confirm: () => Promise<boolean> },
  world: World,
): Promise<RemovalResult> {
  const kube = await world.outside.kube();
  const found = await findPolicy(kube, policyRefs(await servedPolicy(kube)));
  if (found.every((object) => object === undefined)) return { outcome: 'absent' };
  await requireRights(rightsFor(['delete']), world);
  if (!options.dryRun && !(await options.confirm())) return { outcome: 'declined' };
  await removePolicy(kube, found, { dryRun: options.dryRun });
  return { outcome: options.dryRun ? 'dry-run' : 'removed' };
}

function rightsFor(verbs: readonly string[]): readonly Permission[] {
  return ['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].flatMap((resource) =>
    verbs.map((verb) => ({ verb, resource: `${resource}.admissionregistration.k8s.io` })),
  );
}

type Found = PreventOptions & {
  readonly apiVersion: string;
  readonly found: Awaited<ReturnType<typeof findPolicy>>;
};

async function preventionOf(
  used: readonly UsedImage[],
  rules: PreventionRules & Pick<Prevention, 'inexpressible'>,
  { apiVersion, excludedNamespaces, found }: Found,
  kube: Kube,
): Promise<Prevention> {
  const reached = used.filter(({ namespaces }) =>
    [...namespaces].some((name) => !excludedNamespaces.includes(name)),
  );
  const images = reached.flatMap((one) => preventedOf(one, rules));
  const names = new Set(images.map(({ image }) => image));
  const secrets = new Map(
    rules.mirrors.flatMap((mirror) => {
      const name = secretName(mirror, undefined);
      return name === undefined ? [] : [[mirror.name, name] as const];
    }),
  );
  const objects = policyObjects(rules, { apiVersion, excludedNamespaces, secrets });
  if (images.length === 0 && rules.whole.length === 0) {
    throw new PullmendError('PM_NOTHING_TO_PREVENT', { mirrors: rules.mirrors.map(({ name }) => name) });
  }
  const isSameAll = objects.every((object, index) => {
    const there = found[index];
    return there !== undefined && isSame(object, there);
  });
  return {
    objects,
    images,
    kept: used.flatMap((one) => (names.has(one.image) ? [] : [{ ...keptOf(one, rules, reached) }])),
    inexpressible: rules.inexpressible,
    secrets: await lackingSecrets(images, reached, secrets, kube),
    found: isSameAll ? 'same' : found.some((object) => object !== undefined) ? 'other' : 'absent',
  };
}

function preventedOf({ image, pods }: UsedImage, rules: PreventionRules): readonly PreventedImage[] {
  const given = preventedName(image, rules);
  return given === undefined
    ? []
    : [{ image, pods, ...given, by: rules.known.has(image) ? 'known' : 'whole' }];
}

function keptOf(
  { image, pods }: UsedImage,
  rules: PreventionRules,
  reached: readonly UsedImage[],
): KeptImage {
  const reference = tryParseReference(image);
  if (!reached.some((one) => one.image === image)) return { image, pods, why: 'excluded' };
  const isThere = reference !== undefined && rules.mirrors.some((mirror) => isMirrored(mirror, reference));
  return { image, pods, why: isThere ? 'on-mirror' : 'no-copy' };
}

/** A pod that names a Secret which is not there starts all the same, where its mirror wants no login. */
async function lackingSecrets(
  images: readonly PreventedImage[],
  used: readonly UsedImage[],
  secrets: ReadonlyMap<string, string>,
  kube: Kube,
): Promise<Prevention['secrets']> {
  const needed = Map.groupBy(images, ({ mirror }) => secrets.get(mirror));
  return await Promise.all(
    [...needed].flatMap(([name, of]) => {
      if (name === undefined) return [];
      const own = new Set(of.map(({ image }) => image));
      const namespaces = new Set(used.flatMap((one) => (own.has(one.image) ? [...one.namespaces] : [])));
      const look = async (namespace: string): Promise<readonly string[]> => {
        const secret = await kube
          .find({ apiVersion: 'v1', kind: 'Secret', namespace, name })
          .catch(() => undefined);
        return secret === undefined ? [namespace] : [];
      };
      return [
        Promise.all([...namespaces].toSorted().map(look)).then((missing) => ({
          name,
          missingIn: missing.flat(),
        })),
      ];
    }),
  );
}
