import { nodeAccessPermissions, nodeEventPermission } from '../../adapters/node/index.ts';
import { kinds, resourceName } from '../../core/knowledge/pods/index.ts';
import type { ObjectRef, Permission, RbacUse, RepairPlan, Step } from '../../core/model/index.ts';
import { permissionsFor } from '../repair/index.ts';

/** Stands for the namespace of the role while rights are gathered; no real one has such a name. */
const here = '*';

/**
 * The rights of a use. Those of what changes a cluster are asked of the steps themselves, so that they are never fewer
 * than `fix` asks for.
 *
 * @param namespace the one namespace that it is for; absent: all.
 */
export function rightsFor(use: RbacUse, namespace?: string): readonly Permission[] {
  return rightsOf[use]().map(({ namespace: where, ...right }) => {
    const inScope = where === here ? namespace : where;
    return inScope === undefined ? right : { ...right, namespace: inScope };
  });
}

const rightsOf: Readonly<Record<RbacUse, () => readonly Permission[]>> = {
  diagnose: () => [
    ...reads(['pods', 'events', 'configmaps', 'serviceaccounts', 'persistentvolumeclaims'], here),
    ...reads(['replicationcontrollers', 'services', 'resourcequotas', 'limitranges'], here),
    ...reads(['deployments.apps', 'replicasets.apps', 'statefulsets.apps', 'daemonsets.apps'], here),
    ...reads(['jobs.batch', 'cronjobs.batch', 'poddisruptionbudgets.policy'], here),
    { verb: 'watch', resource: 'pods', namespace: here },
    ...reads(['nodes', 'namespaces', 'storageclasses.storage.k8s.io']),
  ],
  fix: () => [...rightsOf.diagnose(), ...permissionsFor(planOf(workloadSteps()))],
  'pull-secrets': () => [
    ...reads(['secrets'], here),
    { verb: 'delete', resource: 'secrets', namespace: here },
    ...permissionsFor(
      planOf([
        {
          ...stepOn('Secret'),
          kind: 'pull-secret',
          mirror: 'mirror',
          host: 'host',
          source: { from: 'docker-config' },
        },
      ]),
    ),
  ],
  helm: () => permissionsFor(planOf([upgradeStep()])),
  nodes: () => [
    ...nodeAccessPermissions,
    nodeEventPermission,
    ...reads(['nodes']),
    ...reads(['pods']),
    ...permissionsFor(planOf(nodeSteps())),
  ],
  prevent: () => [
    ...reads(['pods', 'nodes', 'deployments.apps', 'statefulsets.apps', 'daemonsets.apps', 'cronjobs.batch']),
    ...['mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].flatMap((plural) =>
      ['get', 'create', 'update', 'delete'].map((verb) => ({
        verb,
        resource: `${plural}.admissionregistration.k8s.io`,
      })),
    ),
  ],
};

function reads(resources: readonly string[], namespace?: string): readonly Permission[] {
  return resources.flatMap((resource) =>
    ['get', 'list'].map((verb) => ({ verb, resource, ...(namespace === undefined ? {} : { namespace }) })),
  );
}

/** One step of each sort that mends workloads in place, for every kind that has pods. */
function workloadSteps(): readonly Step[] {
  const withPods = kinds.filter(({ podSpecPath }) => podSpecPath !== undefined).map(({ kind }) => kind);
  const pod = objectOf('Pod');
  return [
    ...[...withPods, 'ConfigMap'].map((kind): Step => ({ ...stepOn(kind), kind: 'patch', changes: [] })),
    ...['Pod', 'Job'].map((kind): Step => ({ ...stepOn(kind), kind: 'recreate', before: {}, after: {} })),
    { ...stepOn('StatefulSet'), kind: 'replace-pods', pods: [pod] },
  ];
}

/** What the commands about nodes do: their records lie in a namespace all the same. */
function nodeSteps(): readonly Step[] {
  const common = { id: 'node', object: { apiVersion: 'v1', kind: 'Node', name: '' }, needs: [], expect: [] };
  return [
    { ...common, kind: 'node-load', source: '', names: [''], digest: '', nodes: [] },
    {
      ...common,
      kind: 'node-config',
      node: '',
      settings: { registries: [] },
      files: [],
      folders: [],
      restart: 'none',
    },
  ];
}

/** Of a release whose chart has the usual kinds; a chart with others is covered by the role of its plan. */
function upgradeStep(): Step {
  const withPods = kinds.filter(({ podSpecPath }) => podSpecPath !== undefined).map(({ kind }) => kind);
  const changed = withPods.filter((kind) => kind !== 'Job').map(objectOf);
  const brought = [...withPods.map(objectOf).map(resourceName), ...usualResources];
  return {
    ...stepOn('Deployment'),
    kind: 'helm-upgrade',
    object: { ...objectOf('Release'), apiVersion: 'helm.sh/v3' },
    revision: 1,
    driver: 'secret',
    chart: { from: 'release' },
    override: {},
    changes: [...changed, objectOf('ConfigMap')].map((object) => ({ object, path: '/' })),
    resources: brought,
    workloads: changed.map((object) => ({ object, expect: stepOn(object.kind).expect })),
  };
}

/** What charts bring beside workloads. */
const usualResources = [
  'configmaps',
  'persistentvolumeclaims',
  'serviceaccounts',
  'services',
  'horizontalpodautoscalers.autoscaling',
  'ingresses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'rolebindings.rbac.authorization.k8s.io',
  'roles.rbac.authorization.k8s.io',
];

function stepOn(kind: string): Pick<Step, 'id' | 'object' | 'needs' | 'expect'> {
  const image = { place: 'container', container: '', imageBefore: '', imageAfter: '' } as const;
  return { id: kind, object: objectOf(kind), needs: [], expect: [image] };
}

function objectOf(kind: string): ObjectRef {
  const apiVersion = kinds.find((one) => one.kind === kind)?.apiVersions[0] ?? 'v1';
  return { apiVersion, kind, namespace: here, name: '' };
}

function planOf(steps: readonly Step[]): RepairPlan {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: '', createdAt: '' },
    spec: { replacements: [], steps, unmended: [] },
  };
}
