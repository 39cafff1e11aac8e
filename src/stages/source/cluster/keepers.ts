import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { releaseSecrets } from '../../../core/knowledge/chains/index.ts';
import { digText, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, Manager, ObjectRef, Workload } from '../../../core/model/index.ts';
import { findReadable } from './chains/events.ts';

/** Delivery tools by the kind of object that stands for one delivery. */
const kinds: Readonly<
  Record<
    'argocd' | 'Kustomization' | 'HelmRelease' | 'ClusterServiceVersion' | 'Application' | 'Addon',
    KindInfo
  >
> = {
  argocd: custom('Application', 'argoproj.io/v1alpha1', 'applications'),
  Kustomization: custom('Kustomization', 'kustomize.toolkit.fluxcd.io/v1', 'kustomizations'),
  HelmRelease: custom('HelmRelease', 'helm.toolkit.fluxcd.io/v2', 'helmreleases'),
  ClusterServiceVersion: custom(
    'ClusterServiceVersion',
    'operators.coreos.com/v1alpha1',
    'clusterserviceversions',
  ),
  Application: custom('Application', 'core.oam.dev/v1beta1', 'applications'),
  Addon: custom('Addon', 'k3s.cattle.io/v1', 'addons'),
};

/**
 * Checks what the marks of a workload say: the Argo CD application, the Flux object or the Helm release may be gone, and
 * nobody puts anything back then. What may not be read counts as there. A workload or namespace that is being deleted
 * gets that as its first manager.
 */
export async function withKeepers(kube: Kube, workloads: readonly Workload[]): Promise<readonly Workload[]> {
  const answers = new Map<string, Promise<boolean>>();
  const once = (key: string, ask: () => Promise<boolean>): Promise<boolean> => {
    const known = answers.get(key) ?? ask();
    answers.set(key, known);
    return known;
  };

  async function checked(manager: Manager): Promise<Manager> {
    if (manager.effect !== 'reverts' && manager.effect !== 'overwrites') return manager;
    const isThere = await once(
      [manager.by, manager.kind, manager.namespace, manager.name].join(' '),
      async () => await isKept(kube, manager),
    );
    return isThere ? manager : { ...manager, effect: 'gone' };
  }

  async function fill(workload: Workload): Promise<Workload> {
    const { ref, object } = workload;
    const namespace = ref.namespace ?? '';
    const isEnding = await once(`ending ${namespace}`, async () => await isDeleted(kube, namespace));
    const own = digText(object, 'metadata', 'deletionTimestamp') !== undefined;
    const deletion: readonly Manager[] =
      isEnding || own
        ? [
            {
              by: 'deletion',
              ...(isEnding ? { kind: 'Namespace', name: namespace } : placed(ref)),
              effect: 'reverts',
            },
          ]
        : [];
    const installer = await once(`installer ${namespace}`, async () => await hasInstaller(kube, namespace));
    return {
      ...workload,
      managers: [
        ...deletion,
        ...(await Promise.all(workload.managers.map(checked))),
        ...(installer ? [kubeSphereInstaller] : []),
      ],
      jobs: await Promise.all(workload.jobs.map(fill)),
    };
  }

  return await Promise.all(workloads.map(fill));
}

/** As `withKeepers`, of one object alone. */
export async function checkedManagers(
  kube: Kube,
  ref: ObjectRef,
  object: JsonObject,
  managers: readonly Manager[],
): Promise<readonly Manager[]> {
  const workload = {
    ref,
    object,
    managers,
    podSpecPath: '',
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
  };
  const [checked] = await withKeepers(kube, [workload]);
  return checked?.managers ?? managers;
}

async function isDeleted(kube: Kube, namespace: string): Promise<boolean> {
  if (namespace === '') return false;
  const object = await findReadable(kube, 'Namespace', namespace);
  return digText(object, 'status', 'phase') === 'Terminating';
}

/**
 * Applies its manifests and charts again whenever it starts or its ClusterConfiguration changes
 * (kubesphere/ks-installer, controller/installRunner.py); what it installs bears no mark of it.
 */
const kubeSphereInstaller: Manager = {
  by: 'applier',
  kind: 'Deployment',
  namespace: 'kubesphere-system',
  name: 'ks-installer',
  effect: 'overwrites',
};

async function hasInstaller(kube: Kube, namespace: string): Promise<boolean> {
  if (!namespace.startsWith('kubesphere-')) return false;
  const { kind = '', name = '', namespace: at } = kubeSphereInstaller;
  return (await findReadable(kube, kind, name, at)) !== undefined;
}

async function isKept(kube: Kube, { by, kind, namespace, name }: Manager): Promise<boolean> {
  if (name === undefined) return true;
  switch (by) {
    case 'argocd':
      return await exists(kube, kinds.argocd, name, namespace);
    case 'flux':
      return kind === 'Kustomization' || kind === 'HelmRelease'
        ? await exists(kube, kinds[kind], name, namespace)
        : true;
    case 'applier':
      // Karmada and KubeFed keep theirs in another cluster.
      return kind === 'ClusterServiceVersion' || kind === 'Application' || kind === 'Addon'
        ? await exists(kube, kinds[kind], name, namespace)
        : true;
    case 'helm':
      return await hasRelease(kube, name, namespace);
    default:
      return true;
  }
}

function placed({ kind, namespace, name }: ObjectRef): Pick<Manager, 'kind' | 'namespace' | 'name'> {
  return { kind, ...(namespace !== undefined && { namespace }), name };
}

/** False only where the cluster says so: the kind is not there, or no object of this name. */
async function exists(kube: Kube, kind: KindInfo, name: string, namespace?: string): Promise<boolean> {
  const where = namespace === undefined ? {} : { namespace };
  try {
    for await (const page of kube.pages(kind, {
      ...where,
      fieldSelector: `metadata.name=${name}`,
      metadataOnly: true,
    }))
      if (page.length > 0) return true;
    return false;
  } catch (error) {
    // Another version of it may be served.
    if (isError(error, 'PM_NOT_FOUND')) return await hasKind(kube, kind);
    if (isError(error, 'PM_FORBIDDEN')) return true;
    throw error;
  }
}

async function hasKind(kube: Kube, { plural, apiVersions: [apiVersion] }: KindInfo): Promise<boolean> {
  const group = apiVersion.split('/', 1).join('');
  try {
    const name = `${plural}.${group}`;
    return (
      (await kube.find({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name })) !==
      undefined
    );
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return true;
    throw error;
  }
}

/** Helm keeps a release in Secrets, or with another driver in ConfigMaps or a database. */
async function hasRelease(kube: Kube, name: string, namespace?: string): Promise<boolean> {
  const where = namespace === undefined ? {} : { namespace };
  const labelSelector = `${releaseSecrets},name=${name}`;
  try {
    for (const kind of ['Secret', 'ConfigMap']) {
      for await (const page of kube.pages(kind, { ...where, labelSelector, metadataOnly: true }))
        if (page.length > 0) return true;
    }
    return false;
  } catch (error) {
    if (isError(error, 'PM_FORBIDDEN')) return true;
    throw error;
  }
}

function custom(kind: string, apiVersion: string, plural: string): KindInfo {
  return { kind, apiVersions: [apiVersion], plural, names: [], namespaced: true };
}
