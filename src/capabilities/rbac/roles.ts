import type { JsonObject, Permission } from '../../core/model/index.ts';

const group = 'rbac.authorization.k8s.io';
const apiVersion = `${group}/v1`;
const serviceAccount = /^system:serviceaccount:([^:]+):([^:]+)$/;

/**
 * Roles with these rights and no others, one for each namespace and one for what lies in none, each bound to the
 * subject.
 *
 * @param name of the roles and bindings.
 * @param subject as the API server calls it: a user, or `system:serviceaccount:NAMESPACE:NAME`.
 */
export function rolesFor(
  rights: readonly Permission[],
  { name, subject }: { readonly name: string; readonly subject: string },
): readonly JsonObject[] {
  const byNamespace = [...Map.groupBy(rights, ({ namespace }) => namespace ?? '')];
  return byNamespace
    .toSorted(([a], [b]) => a.localeCompare(b))
    .flatMap(([namespace, all]) => {
      const kind = namespace === '' ? 'ClusterRole' : 'Role';
      const metadata = { name, ...(namespace === '' ? {} : { namespace }) };
      return [
        { apiVersion, kind, metadata, rules: rulesOf(all) },
        {
          apiVersion,
          kind: `${kind}Binding`,
          metadata,
          roleRef: { apiGroup: group, kind, name },
          subjects: [subjectOf(subject)],
        },
      ];
    });
}

/** The account itself, for a subject that is one: whoever applies the roles has all that they name. */
export function accountOf(subject: string): JsonObject | undefined {
  const [, namespace, name] = serviceAccount.exec(subject) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } };
}

function subjectOf(subject: string): JsonObject {
  const [, namespace, name] = serviceAccount.exec(subject) ?? [];
  if (namespace === undefined || name === undefined) return { apiGroup: group, kind: 'User', name: subject };
  return { kind: 'ServiceAccount', name, namespace };
}

/** Resources of one group with the same verbs share a rule. */
function rulesOf(rights: readonly Permission[]): readonly JsonObject[] {
  const byResource = Map.groupBy(rights, ({ resource, name = '' }) => `${resource} ${name}`);
  const parts = [...byResource.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const [plural = '', ...rest] = first.resource.split('.');
    const verbs = [...new Set([first, ...others].map(({ verb }) => verb))].toSorted();
    return [{ plural, group: rest.join('.'), verbs, name: first.name }];
  });
  const alike = Map.groupBy(parts, (part) => [part.group, part.verbs.join(), part.name].join(' '));
  return [...alike.values()].flatMap((same) =>
    same.slice(0, 1).map(({ group: apiGroup, verbs, name }) => ({
      apiGroups: [apiGroup],
      resources: same.map(({ plural }) => plural).toSorted(),
      ...(name === undefined ? {} : { resourceNames: [name] }),
      verbs,
    })),
  );
}
