import type { ObjectRef } from '../../model/index.ts';

/** A kind of the Kubernetes API that pullmend reads or writes. */
export type KindInfo = {
  readonly kind: string;
  /** Newest first; an old cluster may serve only a later one. */
  readonly apiVersions: readonly [string, ...string[]];
  readonly plural: string;
  /** Singular and short names, as kubectl takes them. */
  readonly names: readonly string[];
  readonly namespaced: boolean;
  /** JSON pointer of the pod spec, for kinds that have one. */
  readonly podSpecPath?: string;
};

const template = '/spec/template/spec';

/** Kubernetes 1.19 to today: apps/v1 and batch/v1 everywhere, CronJob in batch/v1 since 1.21 only. */
export const kinds: readonly KindInfo[] = [
  kind('Pod', ['v1'], 'pods', ['pod', 'po'], '/spec'),
  kind('ReplicationController', ['v1'], 'replicationcontrollers', ['replicationcontroller', 'rc'], template),
  kind('Deployment', ['apps/v1'], 'deployments', ['deployment', 'deploy'], template),
  kind('ReplicaSet', ['apps/v1'], 'replicasets', ['replicaset', 'rs'], template),
  kind('StatefulSet', ['apps/v1'], 'statefulsets', ['statefulset', 'sts'], template),
  kind('DaemonSet', ['apps/v1'], 'daemonsets', ['daemonset', 'ds'], template),
  kind('Job', ['batch/v1'], 'jobs', ['job'], template),
  kind(
    'CronJob',
    ['batch/v1', 'batch/v1beta1'],
    'cronjobs',
    ['cronjob', 'cj'],
    `/spec/jobTemplate${template}`,
  ),
  kind('Secret', ['v1'], 'secrets', ['secret']),
  kind('ServiceAccount', ['v1'], 'serviceaccounts', ['serviceaccount', 'sa']),
  kind('ConfigMap', ['v1'], 'configmaps', ['configmap', 'cm']),
  kind('Event', ['v1'], 'events', ['event', 'ev']),
  kind('PersistentVolumeClaim', ['v1'], 'persistentvolumeclaims', ['persistentvolumeclaim', 'pvc']),
  kind('Service', ['v1'], 'services', ['service', 'svc']),
  kind('PodDisruptionBudget', ['policy/v1', 'policy/v1beta1'], 'poddisruptionbudgets', [
    'poddisruptionbudget',
    'pdb',
  ]),
  {
    ...kind('StorageClass', ['storage.k8s.io/v1'], 'storageclasses', ['storageclass', 'sc']),
    namespaced: false,
  },
  {
    ...kind('CustomResourceDefinition', ['apiextensions.k8s.io/v1'], 'customresourcedefinitions', ['crd']),
    namespaced: false,
  },
  {
    ...kind(
      'MutatingWebhookConfiguration',
      ['admissionregistration.k8s.io/v1'],
      'mutatingwebhookconfigurations',
      ['mutatingwebhookconfiguration'],
    ),
    namespaced: false,
  },
  // KEP-3962: v1 since Kubernetes 1.36.
  {
    ...kind(
      'MutatingAdmissionPolicy',
      [
        'admissionregistration.k8s.io/v1',
        'admissionregistration.k8s.io/v1beta1',
        'admissionregistration.k8s.io/v1alpha1',
      ],
      'mutatingadmissionpolicies',
      ['mutatingadmissionpolicy'],
    ),
    namespaced: false,
  },
  { ...kind('Node', ['v1'], 'nodes', ['node', 'no']), namespaced: false },
  { ...kind('Namespace', ['v1'], 'namespaces', ['namespace', 'ns']), namespaced: false },
];

function kind(
  name: string,
  apiVersions: KindInfo['apiVersions'],
  plural: string,
  names: readonly string[],
  podSpecPath?: string,
): KindInfo {
  const info = { kind: name, apiVersions, plural, names, namespaced: true };
  return podSpecPath === undefined ? info : { ...info, podSpecPath };
}

/**
 * The entry of a kind. With an `apiVersion` the API group must agree (any version of it), so that a StatefulSet
 * of `apps.kruise.io` is not taken for one of `apps`. `extensions` is where `apps` was until Kubernetes 1.16; old
 * files still say so.
 */
export function kindInfo(name: string, apiVersion?: string): KindInfo | undefined {
  return kinds.find(
    (info) =>
      info.kind === name &&
      (apiVersion === undefined ||
        apiGroup(info.apiVersions[0]) === apiGroup(apiVersion).replace(/^extensions$/, 'apps')),
  );
}

/** What kubectl understands by `deploy`, `Deployment`, `deployments.apps` or `deployments.v1.apps`. */
export function kindNamed(text: string): KindInfo | undefined {
  const [name = '', ...rest] = text.toLowerCase().split('.');
  return kinds.find((info) => {
    if (info.plural !== name && info.kind.toLowerCase() !== name && !info.names.includes(name)) return false;
    const group = apiGroup(info.apiVersions[0]);
    const wanted = rest.join('.');
    return (
      wanted === '' ||
      wanted === group ||
      info.apiVersions.some((version) => wanted === `${version.split('/').at(-1)}.${group}`)
    );
  });
}

/** `apps` of `apps/v1`; empty for the core group. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** The resource as RBAC and kubectl name it, e.g. `deployments.apps`, `pods`. */
export function resourceName(ref: Pick<ObjectRef, 'kind' | 'apiVersion'>): string {
  const plural = kindInfo(ref.kind, ref.apiVersion)?.plural ?? ref.kind.toLowerCase();
  const group = apiGroup(ref.apiVersion);
  return group === '' ? plural : `${plural}.${group}`;
}
