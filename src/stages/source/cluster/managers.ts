import { asObject, asObjects, asText, dig, digText } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject, Manager } from '../../../core/model/index.ts';
import type { Controller } from './pods.ts';

/** Who would put a change of this object back: what controls it, and the delivery tools that left their marks. */
export function managersOf(object: JsonObject, beyond: Controller | undefined): readonly Manager[] {
  return [
    ...(beyond === undefined ? [] : [controlledBy(beyond)]),
    ...[argo(object), flux(object), helm(object), ...appliers(object)].filter(
      (manager) => manager !== undefined,
    ),
  ];
}

export function controlledBy({ kind, name }: Pick<Controller, 'kind' | 'name'>): Manager {
  return { by: 'controller', kind, name, effect: 'reverts' };
}

/** No template names the image: a pod that is made anew is given it again when it is admitted. */
export function addedBy({ kind, name }: Pick<Controller, 'kind' | 'name'>): Manager {
  return { by: 'admission', kind, name, effect: 'reverts' };
}

/** Nobody can say who would put a change back: the owner may not be read. */
export function unreadable({ kind, name }: Pick<Controller, 'kind' | 'name'>, right: string): Manager {
  return { by: 'controller', kind, name, effect: 'unreadable', right };
}

/** A static pod lives in a file on its node; the API object is only a picture of it. */
export function staticPod(node: string | undefined): Manager {
  return { by: 'static-pod', ...(node !== undefined && { name: node }), effect: 'elsewhere' };
}

/** Helm marks what it installs (pkg/action/validate.go); its next upgrade writes the template again. */
function helm(object: JsonObject): Manager | undefined {
  const release = annotation(object, 'meta.helm.sh/release-name');
  if (release === undefined || label(object, 'app.kubernetes.io/managed-by') !== 'Helm') return undefined;
  const namespace =
    annotation(object, 'meta.helm.sh/release-namespace') ?? digText(object, 'metadata', 'namespace');
  return { by: 'helm', ...(namespace !== undefined && { namespace }), name: release, effect: 'overwrites' };
}

/**
 * Argo CD tracks by annotation `APP:group/kind:namespace/name` (the default since 3.0) or by label; where only the
 * common label `app.kubernetes.io/instance` is used, its field manager tells.
 */
function argo(object: JsonObject): Manager | undefined {
  const tracking = annotation(object, 'argocd.argoproj.io/tracking-id')?.split(':')[0];
  const instance = label(object, 'argocd.argoproj.io/instance');
  const written = isWrittenBy(object, /^argocd-(?:application-)?controller$/);
  const common = written ? label(object, 'app.kubernetes.io/instance') : undefined;
  const whole = tracking ?? instance ?? common;
  if (whole === undefined) return written ? { by: 'argocd', effect: 'reverts' } : undefined;
  // An application outside of Argo CD's own namespace has that before its name (util/argo, InstanceName).
  const [name = whole, namespace] = whole.split('_').toReversed();
  return { by: 'argocd', ...(namespace !== undefined && { namespace }), name, effect: 'reverts' };
}

/** Flux labels what its kustomize- and helm-controller apply. */
function flux(object: JsonObject): Manager | undefined {
  for (const [prefix, kind] of [
    ['kustomize', 'Kustomization'],
    ['helm', 'HelmRelease'],
  ] as const) {
    const name = label(object, `${prefix}.toolkit.fluxcd.io/name`);
    const namespace = label(object, `${prefix}.toolkit.fluxcd.io/namespace`);
    if (name === undefined) continue;
    return { by: 'flux', kind, ...(namespace !== undefined && { namespace }), name, effect: 'reverts' };
  }
  return undefined;
}

type Applier = (object: JsonObject) => Manager | undefined;

/** Tools that apply their own copy of an object again, each by its marks. */
const applierMarks: readonly Applier[] = [
  // OLM (operator-framework/operator-lifecycle-manager, pkg/lib/ownerutil): what a ClusterServiceVersion installs.
  (object) =>
    label(object, 'olm.owner.kind') === 'ClusterServiceVersion'
      ? applier(object, 'ClusterServiceVersion', 'reverts', {
          name: label(object, 'olm.owner'),
          namespace: label(object, 'olm.owner.namespace'),
        })
      : undefined,
  // k3s, RKE2 and Rancher (rancher/wrangler, pkg/apply): again when the file or the owner changes.
  (object) => {
    const mark = 'objectset.rio.cattle.io/owner-';
    const kind = /Kind=(\w+)$/.exec(annotation(object, `${mark}gvk`) ?? '')?.[1];
    const names = {
      name: annotation(object, `${mark}name`),
      namespace: annotation(object, `${mark}namespace`),
    };
    return kind === undefined ? undefined : applier(object, kind, 'overwrites', names);
  },
  // KubeVela (kubevela/kubevela, pkg/oam/labels.go): puts drift back every five minutes.
  (object) =>
    applier(object, 'Application', 'reverts', {
      name: label(object, 'app.oam.dev/name'),
      namespace: label(object, 'app.oam.dev/namespace'),
    }),
  // Karmada (karmada-io/karmada, pkg/apis/work): its execution controller writes to the member cluster.
  (object) => {
    const read = (key: string) => annotation(object, key) ?? label(object, key);
    return applier(object, 'Work', 'reverts', {
      name: read('work.karmada.io/name'),
      namespace: read('work.karmada.io/namespace'),
    });
  },
  // KubeFed (kubernetes-retired/kubefed, pkg/controller/util/managedlabel.go), with which KubeSphere 3 joins clusters.
  (object) =>
    label(object, 'kubefed.io/managed') === 'true'
      ? applier(object, `Federated${asText(object.kind) ?? ''}`, 'reverts', {
          name: digText(object, 'metadata', 'name'),
          namespace: digText(object, 'metadata', 'namespace'),
        })
      : undefined,
];

function appliers(object: JsonObject): readonly Manager[] {
  return applierMarks.flatMap((read) => read(object) ?? []);
}

function applier(
  object: JsonObject,
  kind: string,
  effect: Manager['effect'],
  of: { readonly name: string | undefined; readonly namespace: string | undefined },
): Manager | undefined {
  if (of.name === undefined) return undefined;
  const namespace = of.namespace ?? digText(object, 'metadata', 'namespace');
  return {
    by: 'applier',
    kind,
    ...(namespace !== undefined && namespace !== '' && { namespace }),
    name: of.name,
    effect,
  };
}

function isWrittenBy(object: JsonObject, manager: RegExp): boolean {
  return asObjects(dig(object, 'metadata', 'managedFields')).some((entry) =>
    manager.test(asText(entry.manager) ?? ''),
  );
}

function annotation(object: JsonObject, name: string): string | undefined {
  return asText(asObject(dig(object, 'metadata', 'annotations'))[name]);
}

function label(object: JsonObject, name: string): string | undefined {
  return asText(asObject(dig(object, 'metadata', 'labels'))[name]);
}
