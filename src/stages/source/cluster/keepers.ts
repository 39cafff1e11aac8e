import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { releaseSecrets } from '../../../core/knowledge/chains/index.ts';
import {
  deliveryOfArgo,
  deliveryOfHelmRelease,
  deliveryOfKustomization,
  sourceOfFlux,
  sourceRefOf,
  type Delivery,
} from '../../../core/knowledge/delivery/index.ts';
import { apiGroup, digText, objectRef, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, Manager, ManagerRef, ObjectRef, Workload } from '../../../core/model/index.ts';
import { findReadable } from './chains/events.ts';
import { podSpecPathOf } from './standing.ts';

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

/** Of Flux's sources those that have an address. */
const sources: Readonly<Record<string, KindInfo>> = {
  GitRepository: custom('GitRepository', 'source.toolkit.fluxcd.io/v1', 'gitrepositories'),
  OCIRepository: custom('OCIRepository', 'source.toolkit.fluxcd.io/v1', 'ocirepositories'),
  HelmRepository: custom('HelmRepository', 'source.toolkit.fluxcd.io/v1', 'helmrepositories'),
  Bucket: custom('Bucket', 'source.toolkit.fluxcd.io/v1', 'buckets'),
};

/**
 * Checks what the marks of a workload say: the Argo CD application, the Flux object or the Helm release may be gone, and
 * nobody puts anything back then; of what is there, what it does with a change and where it takes its objects from.
 * What may not be read counts as there, and as putting changes back. A workload or namespace that is being deleted
 * gets that as its first manager.
 */
export async function withKeepers(kube: Kube, workloads: readonly Workload[]): Promise<readonly Workload[]> {
  const once = rememberedBy(new Map<string, Promise<Kept>>());
  const asked = rememberedBy(new Map<string, Promise<boolean>>());

  async function checked(manager: Manager, workload: Workload): Promise<Manager> {
    if (manager.effect !== 'reverts' && manager.effect !== 'overwrites') return manager;
    const kept = await once(
      [manager.by, manager.kind, manager.namespace, manager.name].join(' '),
      async () => await keptBy(kube, manager),
    );
    if (kept === 'gone') return { ...manager, effect: 'gone' };
    return kept === 'there' ? manager : { ...manager, ...deliveryOf(kept, manager, workload) };
  }

  async function fill(workload: Workload): Promise<Workload> {
    const { ref, object } = workload;
    const namespace = ref.namespace ?? '';
    const isEnding = await asked(namespace, async () => await isDeleted(kube, namespace));
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
    const installer = await asked(`installer ${namespace}`, async () => await hasInstaller(kube, namespace));
    return {
      ...workload,
      managers: [
        ...deletion,
        ...(await Promise.all(workload.managers.map(async (each) => await checked(each, workload)))),
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
  object: JsonObject,
  managers: readonly Manager[],
): Promise<readonly Manager[]> {
  const workload = {
    ref: objectRef(object),
    object,
    managers,
    podSpecPath: podSpecPathOf(object),
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

/** `there` is also what may not be read. */
type Kept = 'there' | 'gone' | { readonly owner: JsonObject; readonly from?: JsonObject };

async function keptBy(kube: Kube, manager: Manager): Promise<Kept> {
  const { by, kind, namespace, name } = manager;
  if (name === undefined) return 'there';
  switch (by) {
    case 'argocd':
    case 'flux': {
      const settings = settingsKind(manager);
      if (settings === undefined) return 'there';
      const kept = await find(kube, settings, name, namespace);
      if (typeof kept === 'string' || by === 'argocd') return kept;
      return { ...kept, ...(await sourceFor(kube, kept.owner)) };
    }
    case 'applier':
      // Karmada and KubeFed keep theirs in another cluster.
      return kind === 'ClusterServiceVersion' || kind === 'Application' || kind === 'Addon'
        ? withoutObject(await find(kube, kinds[kind], name, namespace))
        : 'there';
    case 'helm':
      return (await hasRelease(kube, name, namespace)) ? 'there' : 'gone';
    default:
      return 'there';
  }
}

/** The kind of object that says what Argo CD or Flux does with a change. */
export function settingsKind({ by, kind }: Pick<ManagerRef, 'by' | 'kind'>): KindInfo | undefined {
  if (by === 'argocd') return kinds.argocd;
  return by === 'flux' && (kind === 'Kustomization' || kind === 'HelmRelease') ? kinds[kind] : undefined;
}

/** What it does with a change is known by its kind alone. */
function withoutObject(kept: Kept): Kept {
  return typeof kept === 'string' ? kept : 'there';
}

function deliveryOf(
  { owner, from }: Exclude<Kept, string>,
  { by, kind }: Manager,
  workload: Workload,
): Delivery {
  if (by === 'argocd') return deliveryOfArgo(owner, workload);
  const delivery = kind === 'Kustomization' ? deliveryOfKustomization : deliveryOfHelmRelease;
  return { ...delivery(owner, workload), source: sourceOfFlux(owner, from) };
}

/** The object that has the address of what Flux applies. */
async function sourceFor(kube: Kube, owner: JsonObject): Promise<{ readonly from?: JsonObject }> {
  const ref = sourceRefOf(owner);
  const kind = ref === undefined ? undefined : sources[ref.kind];
  if (ref === undefined || kind === undefined) return {};
  const kept = await find(kube, kind, ref.name, ref.namespace);
  return typeof kept === 'string' ? {} : { from: kept.owner };
}

function rememberedBy<T>(answers: Map<string, Promise<T>>) {
  return async (key: string, ask: () => Promise<T>): Promise<T> => {
    const known = answers.get(key) ?? ask();
    answers.set(key, known);
    return await known;
  };
}

function placed({ kind, namespace, name }: ObjectRef): Pick<Manager, 'kind' | 'namespace' | 'name'> {
  return { kind, ...(namespace !== undefined && { namespace }), name };
}

/** `gone` only where the cluster says so: the kind is not there, or no object of this name. */
async function find(kube: Kube, kind: KindInfo, name: string, namespace?: string): Promise<Kept> {
  const where = namespace === undefined ? {} : { namespace };
  try {
    for await (const page of kube.pages(kind, { ...where, fieldSelector: `metadata.name=${name}` })) {
      const owner = page[0];
      if (owner !== undefined) return { owner };
    }
    return 'gone';
  } catch (error) {
    // Another version of it may be served.
    if (isError(error, 'PM_NOT_FOUND')) return (await hasKind(kube, kind)) ? 'there' : 'gone';
    if (isError(error, 'PM_FORBIDDEN')) return 'there';
    throw error;
  }
}

async function hasKind(kube: Kube, { plural, apiVersions: [apiVersion] }: KindInfo): Promise<boolean> {
  try {
    const name = `${plural}.${apiGroup(apiVersion)}`;
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
