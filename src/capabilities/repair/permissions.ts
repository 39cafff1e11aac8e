import { createHash } from 'node:crypto';
import { subjectFlag } from '../../core/base/index.ts';
import type { Permission, RepairPlan, Step } from '../../core/model/index.ts';
import { rightsOf } from '../../steps/index.ts';
import { previewOf } from '../../steps/previews.ts';

/** Every right that carrying out and recording a plan takes, each once. */
export function permissionsFor(plan: RepairPlan): readonly Permission[] {
  const all = plan.spec.steps.flatMap((step) => [...rightsOf(step), ...recordRights(step)]);
  return [...new Map(all.map((permission) => [permissionText(permission), permission])).values()];
}

/** The record lies beside what it describes, see adapters/kube/record-store.ts. */
function recordRights(step: Step): readonly Permission[] {
  if (previewOf(step).subject.type === 'file') return [];
  const namespace = step.object.namespace ?? 'default';
  return ['create', 'get', 'list', 'patch'].map((verb) => ({ verb, resource: 'configmaps', namespace }));
}

/** `patch deployments.apps in shop`, as in the API server's own words. */
export function permissionText({ verb, resource, namespace }: Permission): string {
  return `${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/**
 * Commands that grant what is missing and no more: a role for the resources of the same verbs in one namespace, and its
 * binding. They can be pasted, and run again.
 */
export function grantCommands(missing: readonly Permission[], user?: string): string {
  const byNamespace = Map.groupBy(missing, ({ namespace }) => namespace);
  return [...byNamespace].flatMap(([namespace, all]) => rolesOf(all, namespace, user)).join('\n');
}

function rolesOf(
  missing: readonly Permission[],
  namespace: string | undefined,
  user: string | undefined,
): readonly string[] {
  const apply = '--dry-run=client -o yaml | kubectl apply -f -';
  const byResource = Map.groupBy(missing, ({ resource }) => resource);
  const byVerbs = Map.groupBy(byResource, ([, same]) =>
    [...new Set(same.map(({ verb }) => verb))].toSorted().join(','),
  );
  const [role, where] = namespace === undefined ? ['clusterrole', ''] : ['role', ` -n ${namespace}`];
  return [...byVerbs].flatMap(([verbs, group]) => {
    const resources = group.map(([resource]) => resource).join(',');
    // A name of its own for each content: what was granted before stays.
    const name = `pullmend-${createHash('sha256').update(`${verbs} ${resources}`).digest('hex').slice(0, 6)}`;
    return [
      `kubectl create ${role} ${name}${where} --verb=${verbs} --resource=${resources} ${apply}`,
      `kubectl create ${role}binding ${name}${where} --${role}=${name} ${subjectFlag(user)} ${apply}`,
    ];
  });
}
