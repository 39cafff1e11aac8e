import { resourceName } from '../../core/knowledge/pods/index.ts';
import type { MissingPermission, RepairPlan, Step } from '../../core/model/index.ts';

/** Every right that carrying out and recording a plan takes, each once. */
export function permissionsFor(plan: RepairPlan): readonly MissingPermission[] {
  const all = plan.spec.steps.flatMap((step) => [...stepPermissions(step), ...recordPermissions(step)]);
  return [...new Map(all.map((permission) => [Object.values(permission).join(' '), permission])).values()];
}

function stepPermissions(step: Step): readonly MissingPermission[] {
  const { namespace } = step.object;
  const on = (verb: string): MissingPermission => ({
    verb,
    resource: resourceName(step.kind === 'replace-pods' ? { apiVersion: 'v1', kind: 'Pod' } : step.object),
    ...(namespace === undefined ? {} : { namespace }),
  });
  switch (step.kind) {
    case 'edit-file':
    case 'copy-image':
      return [];
    case 'patch':
      return [on('get'), on('patch')];
    case 'replace-pods':
      return [on('delete')];
    case 'recreate':
      return [on('get'), on('delete'), on('create')];
    case 'pull-secret':
      return [on('create')];
  }
}

/** The record lies beside what it describes, see adapters/kube/record-store.ts. */
function recordPermissions({ kind, object }: Step): readonly MissingPermission[] {
  if (kind === 'edit-file') return [];
  const namespace = object.namespace ?? 'default';
  return ['create', 'list', 'patch'].map((verb) => ({ verb, resource: 'configmaps', namespace }));
}

/** `patch deployments.apps in shop`, as in the API server's own words. */
export function permissionText({ verb, resource, namespace }: MissingPermission): string {
  return `${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/** A command that would grant what is missing, one line for each namespace; it can be pasted. */
export function grantCommands(missing: readonly MissingPermission[]): string {
  const byNamespace = Map.groupBy(missing, ({ namespace }) => namespace);
  const lines = [...byNamespace].map(([namespace, permissions]) => {
    const verbs = [...new Set(permissions.map(({ verb }) => verb))].join(',');
    const resources = [...new Set(permissions.map(({ resource }) => resource))].join(',');
    const where = namespace === undefined ? 'clusterrole pullmend' : `role pullmend -n ${namespace}`;
    return `kubectl create ${where} --verb=${verbs} --resource=${resources}`;
  });
  return lines.join('\n');
}
