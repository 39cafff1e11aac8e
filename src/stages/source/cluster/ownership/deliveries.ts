import type { Kube } from '../../../../adapters/kube/index.ts';
import { isError } from '../../../../core/base/index.ts';
import {
  asObject,
  asObjects,
  asText,
  dig,
  digText,
  objectRef,
} from '../../../../core/knowledge/pods/index.ts';
import type { Delivery, JsonObject, Manager, ManagerRef, ObjectRef } from '../../../../core/model/index.ts';
import { checkedManagers } from '../keepers.ts';
import { managersOf } from '../managers.ts';
import { rightTo, servedKind } from './climb.ts';

/** The tools that bring an object by its marks, and what each does about an edit, by its settings as they are now. */
export async function deliveriesOf(
  kube: Kube,
  object: JsonObject,
): Promise<{ readonly deliveries: readonly Delivery[]; readonly isDeleted: boolean }> {
  const managers = await checkedManagers(kube, objectRef(object), object, managersOf(object, undefined));
  const tools = managers.filter(({ by }) => by !== 'deletion');
  return {
    deliveries: await Promise.all(tools.map((manager) => deliveryOf(kube, object, manager))),
    isDeleted: tools.length < managers.length,
  };
}

async function deliveryOf(kube: Kube, object: JsonObject, manager: Manager): Promise<Delivery> {
  const { effect, right: _, ...ref } = manager;
  const plain = { object: objectRef(object), manager: ref };
  if (effect === 'gone') return { ...plain, does: 'gone' };
  const read = reader(ref);
  if (read === undefined) return { ...plain, does: effect === 'reverts' ? 'reverts' : 'overwrites' };
  const settings = await readSettings(kube, read.object, ref);
  if (typeof settings === 'string') return { ...plain, does: 'unreadable', right: settings };
  if (settings === undefined) return { ...plain, does: 'reverts' };
  const isLeftOut = annotation(object, 'kustomize.toolkit.fluxcd.io/reconcile') === 'disabled';
  const source = read.source(settings);
  return {
    ...plain,
    does: isLeftOut ? 'held' : read.does(settings),
    ...(source === '' ? {} : { source }),
  };
}

type Reader = {
  readonly object: Pick<ObjectRef, 'apiVersion' | 'kind'>;
  readonly does: (settings: JsonObject) => Delivery['does'];
  readonly source: (settings: JsonObject) => string;
};

function reader({ by, kind }: ManagerRef): Reader | undefined {
  if (by === 'argocd') return argo;
  if (by !== 'flux') return undefined;
  return kind === 'HelmRelease' ? helmRelease : kustomization;
}

/** Argo CD puts back by itself only with `selfHeal` (argo-cd, docs/user-guide/auto_sync.md). */
const argo: Reader = {
  object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' },
  does: (settings) => {
    const automated = dig(settings, 'spec', 'syncPolicy', 'automated');
    const isOn = automated !== undefined && dig(automated, 'enabled') !== false;
    return isOn && dig(automated, 'selfHeal') === true ? 'reverts' : 'overwrites';
  },
  source: (settings) => {
    const spec = asObject(settings.spec);
    const source = asObject(spec.source ?? asObjects(spec.sources)[0]);
    return joined(source.repoURL, source.path ?? source.chart);
  },
};

/** Flux's kustomize-controller corrects drift at every interval, unless it is suspended. */
const kustomization: Reader = {
  object: { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization' },
  does: (settings) => (dig(settings, 'spec', 'suspend') === true ? 'held' : 'reverts'),
  source: (settings) => {
    const { kind, name } = asObject(dig(settings, 'spec', 'sourceRef'));
    return joined(`${asText(kind) ?? ''}/${asText(name) ?? ''}`, dig(settings, 'spec', 'path'));
  },
};

/** Flux's helm-controller corrects drift only where `driftDetection` says so (since 0.37), else with the next upgrade. */
const helmRelease: Reader = {
  object: { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease' },
  does: (settings) => {
    if (dig(settings, 'spec', 'suspend') === true) return 'held';
    return digText(settings, 'spec', 'driftDetection', 'mode') === 'enabled' ? 'reverts' : 'overwrites';
  },
  source: (settings) => {
    const chart =
      dig(settings, 'spec', 'chart', 'spec', 'chart') ?? dig(settings, 'spec', 'chartRef', 'name');
    return asText(chart) ?? '';
  },
};

/** The object that stands for the delivery; a text is the right that is missing, undefined that it is not found. */
async function readSettings(
  kube: Kube,
  { apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>,
  { namespace, name = '' }: ManagerRef,
): Promise<JsonObject | string | undefined> {
  const info = await servedKind(kube, { kind, apiVersion });
  if (info === undefined) return undefined;
  try {
    if (namespace !== undefined) return await kube.find({ apiVersion, kind, namespace, name });
    // By its marks alone nobody knows in which namespace Argo CD runs.
    for await (const page of kube.pages(info, { fieldSelector: `metadata.name=${name}` })) {
      if (page[0] !== undefined) return page[0];
    }
    return undefined;
  } catch (error) {
    if (!isError(error, 'PM_FORBIDDEN')) throw error;
    return rightTo(namespace === undefined ? 'list' : 'get', info, namespace);
  }
}

function annotation(object: JsonObject, key: string): string | undefined {
  return asText(asObject(dig(object, 'metadata', 'annotations'))[key]);
}

function joined(...parts: readonly unknown[]): string {
  return parts.filter((part) => typeof part === 'string' && part !== '' && part !== '/').join(' ');
}
