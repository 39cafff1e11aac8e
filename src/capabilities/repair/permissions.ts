import type { Permission, RepairPlan, Step } from '../../core/model/index.ts';
import { previewOf, rightsOf } from '../../steps/index.ts';

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

/** A command that would grant what is missing, one line for each namespace; it can be pasted. */
export function grantCommands(missing: readonly Permission[]): string {
  const byNamespace = Map.groupBy(missing, ({ namespace }) => namespace);
  const lines = [...byNamespace].map(([namespace, permissions]) => {
    const verbs = [...new Set(permissions.map(({ verb }) => verb))].join(',');
    const resources = [...new Set(permissions.map(({ resource }) => resource))].join(',');
    const where = namespace === undefined ? 'clusterrole pullmend' : `role pullmend -n ${namespace}`;
    return `kubectl create ${where} --verb=${verbs} --resource=${resources}`;
  });
  return lines.join('\n');
}
