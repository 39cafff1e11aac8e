import type { World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import { kindNamed, kinds } from '../../core/knowledge/pods/index.ts';
import { sameObject, type JsonObject, type OwnershipReport } from '../../core/model/index.ts';
import { readOwnership } from '../../stages/source/index.ts';
import { revertsIn } from '../repair/index.ts';
import { judge } from './judge.ts';
import { knownOperators } from './known.ts';

export { checkOperatorFile, knownOperators, type KnownOperator } from './known.ts';

export type OwnerOptions = {
  /** Absent: that of the context. */
  readonly namespace?: string;
};

/**
 * Who owns an object (`deploy/web`, `prometheus/main`), whether an edit of it stays, and where a person edits instead.
 * Reads only. Errors: PM_UNKNOWN_KIND, PM_NOT_FOUND, and those of the cluster.
 */
export async function ownerOf(name: string, options: OwnerOptions, world: World): Promise<OwnershipReport> {
  const kube = await world.outside.kube();
  const namespace = options.namespace ?? kube.namespace;
  const start = await named(name, namespace, world);
  const known = await knownOperators(world.options);
  const operators = known.map(({ operator }) => operator);
  const facts = await readOwnership(kube, start, operators);
  const target = { type: 'cluster', namespace, allNamespaces: false, names: [] } as const;
  const reverted = await revertsIn(target, { workloads: [] }, new Date(), world);
  const chain = facts.chain.map(({ ref }) => ref);
  const putBack = reverted
    .filter(({ object }) => chain.some((ref) => sameObject(ref, object)))
    .map(({ object, by, at, run }) => ({ object, by, at, run }));
  return judge(facts, putBack);
}

/** Any kind that the cluster serves, as kubectl takes it. */
async function named(text: string, namespace: string, { outside }: World): Promise<JsonObject> {
  const kube = await outside.kube();
  const [kindText = '', name = '', ...more] = text.split('/');
  const known = kindNamed(kindText);
  const [word = '', ...group] = kindText.toLowerCase().split('.');
  const served =
    known === undefined && name !== '' && more.length === 0
      ? (await kube.servedKinds()).find(
          ({ kind, plural, names, apiVersions: [version] }) =>
            [kind.toLowerCase(), plural, ...names].includes(word) &&
            (group.length === 0 || version.startsWith(`${group.join('.')}/`)),
        )
      : known;
  if (served === undefined || name === '' || more.length > 0) {
    const withPods = kinds.filter(({ podSpecPath }) => podSpecPath !== undefined);
    throw new PullmendError('PM_UNKNOWN_KIND', {
      name: text,
      known: withPods.map(({ names, plural }) => names[0] ?? plural),
    });
  }
  const apiVersion = known === undefined ? served.apiVersions[0] : await kube.servedVersion(served.kind);
  const place = served.namespaced ? { namespace } : {};
  return await kube.get({ apiVersion, kind: served.kind, ...place, name });
}
