import type { DeliverySource, JsonObject, ObjectRef, Workload } from '../../model/index.ts';
import { asList, asObject, asObjects, asText, dig, digText } from '../pods/index.ts';
import { durationSeconds } from './duration.ts';
import {
  heals,
  leavesAlone,
  sourceOf,
  untilNextSync,
  whileSuspended,
  withoutLogin,
  type Delivery,
} from './sync.ts';

/**
 * What kustomize-controller does with a change of this workload: at each interval it applies what is in the source
 * (docs/spec/v1/kustomizations.md), unless it is suspended or the object says otherwise.
 */
export function deliveryOfKustomization(kustomization: JsonObject, { object }: Workload): Delivery {
  const prefix = 'kustomize.toolkit.fluxcd.io';
  const said = asObject(dig(object, 'metadata', 'annotations'));
  const labels = asObject(dig(object, 'metadata', 'labels'));
  const apply = asText(said[`${prefix}/ssa`])?.toLowerCase();
  const isOff = [said, labels].some((marks) => asText(marks[`${prefix}/reconcile`]) === 'disabled');
  if (isOff || apply === 'ignore' || apply === 'ifnotpresent') return leavesAlone;
  if (dig(kustomization, 'spec', 'suspend') === true) return whileSuspended;
  return heals(durationSeconds(digText(kustomization, 'spec', 'interval')));
}

/**
 * What helm-controller does with it: only with `driftDetection.mode: enabled` a change is put back at each interval,
 * else the next upgrade does (docs/spec/v2/helmreleases.md).
 */
export function deliveryOfHelmRelease(release: JsonObject, { object }: Workload): Delivery {
  if (dig(release, 'spec', 'suspend') === true) return whileSuspended;
  const mark = asText(
    asObject(dig(object, 'metadata', 'annotations'))['helm.toolkit.fluxcd.io/driftDetection'],
  );
  const detection = dig(release, 'spec', 'driftDetection');
  const ignored = asObjects(dig(detection, 'ignore')).some(({ paths }) =>
    asList(paths).some((path) => typeof path === 'string' && /^\/?$|\/(?:image|containers)\b/.test(path)),
  );
  if (digText(detection, 'mode') !== 'enabled' || mark === 'disabled' || ignored) return untilNextSync;
  return heals(durationSeconds(digText(release, 'spec', 'interval')));
}

/** The object that stands for the source of a Kustomization or HelmRelease. */
export function sourceRefOf(owner: JsonObject): Pick<ObjectRef, 'kind' | 'name' | 'namespace'> | undefined {
  const ref =
    dig(owner, 'spec', 'sourceRef') ??
    dig(owner, 'spec', 'chartRef') ??
    dig(owner, 'spec', 'chart', 'spec', 'sourceRef');
  const [kind, name] = [digText(ref, 'kind'), digText(ref, 'name')];
  const namespace = digText(ref, 'namespace') ?? digText(owner, 'metadata', 'namespace');
  if (kind === undefined || name === undefined) return undefined;
  return { kind, name, ...(namespace === undefined ? {} : { namespace }) };
}

/** Where a Kustomization or HelmRelease takes its objects from; `from` is the object of `sourceRefOf`. */
export function sourceOfFlux(owner: JsonObject, from: JsonObject | undefined): DeliverySource {
  const address = digText(from, 'spec', 'url') ?? digText(from, 'spec', 'endpoint');
  const ref = dig(from, 'spec', 'ref');
  const chart = digText(owner, 'spec', 'chart', 'spec', 'chart');
  const isChart = dig(owner, 'spec', 'chart') !== undefined || dig(owner, 'spec', 'chartRef') !== undefined;
  return sourceOf({
    repository: address === undefined ? undefined : withoutLogin(address),
    path: digText(owner, 'spec', 'path') ?? (isChart ? undefined : './'),
    revision:
      digText(ref, 'branch') ?? digText(ref, 'tag') ?? digText(ref, 'semver') ?? digText(ref, 'commit'),
    chart,
    built: isChart ? 'helm' : 'kustomize',
  });
}
