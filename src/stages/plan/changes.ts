import { readField, spliceText } from '../../core/edit/index.ts';
import type { FieldChange, Json, Mirror, Workload } from '../../core/model/index.ts';
import type { PlanOptions } from './input.ts';
import { containerPath, policyPath } from './policy-path.ts';
import { keepsName, type Mend } from './remedies/index.ts';

/** Every field of a workload that must change for these mends. */
export function changesFor(
  workload: Workload,
  mends: readonly Mend[],
  mirrors: ReadonlyMap<string, Mirror>,
  options: PlanOptions,
): readonly FieldChange[] {
  if (workload.provisions !== undefined) return settingChanges(workload, mends);
  return [
    ...mends.flatMap((mend) => imageChanges(workload, mend, mirrors.get(mend.replacement.mirror), options)),
    ...secretChanges(workload, mends, mirrors),
  ];
}

/** Pods need a pull secret for the mirror. */
export function needsLogin({ nodesHaveCredentials, credentials }: Mirror): boolean {
  return !nodesHaveCredentials && credentials.from !== 'anonymous';
}

/** The name of the pull secret that pods of a namespace use for a mirror; undefined when none is needed. */
export function secretName(mirror: Mirror, namespace: string | undefined): string | undefined {
  if (!needsLogin(mirror)) return undefined;
  const { credentials } = mirror;
  if (credentials.from === 'secret' && credentials.namespace === namespace) return credentials.name;
  return `pullmend-${mirror.name}`;
}

/** Settings for pods that somebody else makes: the text there, with nothing but the image replaced. */
function settingChanges({ object }: Workload, mends: readonly Mend[]): readonly FieldChange[] {
  const byPath = Map.groupBy(mends, ({ usage }) => usage.path);
  return [...byPath].flatMap(([path, here]) => {
    const before = readField(object, path);
    if (typeof before !== 'string') return [];
    const edits = here.map(({ usage, replacement }) => ({
      file: path,
      offset: usage.within?.offset ?? 0,
      length: usage.image.length,
      before: usage.image,
      after: replacement.with,
    }));
    return [{ path, before, after: spliceText(before, edits) }];
  });
}

function imageChanges(
  workload: Workload,
  { usage, replacement }: Mend,
  mirror: Mirror | undefined,
  options: PlanOptions,
): readonly FieldChange[] {
  const guard = { path: `${containerPath(usage)}/name`, value: usage.name };
  const image: FieldChange = { path: usage.path, before: usage.image, after: replacement.with, guard };
  const kept = keepsName({ usage, replacement });
  const asked = usage.pullPolicy === 'Always' ? mirror?.pullPolicy : undefined;
  const images = kept ? [] : [image];
  const path = policyPath(usage);
  const before = readField(workload.object, path);
  const started = before === 'Always' ? 'IfNotPresent' : undefined;
  const policy = kept ? started : (options.pullPolicy ?? asked);
  if (policy === undefined || before === policy) return images;
  return [...images, { path, ...(before === undefined ? {} : { before }), after: policy, guard }];
}

/**
 * A pod that names a pull secret no longer gets those of its ServiceAccount (the admission plugin adds them only
 * to an empty list), so they are written out beside the mirror's.
 */
function secretChanges(
  workload: Workload,
  mends: readonly Mend[],
  mirrors: ReadonlyMap<string, Mirror>,
): readonly FieldChange[] {
  const wanted = mends.flatMap(({ replacement }) => {
    const mirror = mirrors.get(replacement.mirror);
    const name = mirror === undefined ? undefined : secretName(mirror, workload.ref.namespace);
    return name === undefined ? [] : [name];
  });
  const path = `${workload.podSpecPath}/imagePullSecrets`;
  const before = readField(workload.object, path);
  const present = secretNames(before);
  const base = present.length === 0 ? workload.serviceAccountSecrets : present;
  const after = [...new Set([...base, ...wanted])];
  if (wanted.every((name) => present.includes(name))) return [];
  return [{ path, ...(before === undefined ? {} : { before }), after: after.map((name) => ({ name })) }];
}

function secretNames(list: Json | undefined): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: Json) => {
    const name = typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}
