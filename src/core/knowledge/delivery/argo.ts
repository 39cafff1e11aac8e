import { fieldManager, type DeliverySource, type JsonObject, type Workload } from '../../model/index.ts';
import { apiGroup, asList, asObject, asObjects, asText, dig, digText, podSurfaces } from '../pods/index.ts';
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
 * What Argo CD does with a change of this workload: with `selfHeal` it puts it back at once; without, the next sync
 * does; fields in `ignoreDifferences` are not looked at, and with `RespectIgnoreDifferences=true` not written either
 * (docs/user-guide/auto_sync.md, sync-options.md, diffing.md of Argo CD).
 */
export function deliveryOfArgo(application: JsonObject, workload: Workload): Delivery {
  return { ...syncOf(application, workload), ...source(application) };
}

function syncOf(application: JsonObject, workload: Workload): Delivery {
  const policy = dig(application, 'spec', 'syncPolicy');
  const options = asList(dig(policy, 'syncOptions'));
  if (isIgnored(application, workload))
    return options.includes('RespectIgnoreDifferences=true') ? leavesAlone : untilNextSync;
  if (digText(application, 'metadata', 'annotations', 'argocd.argoproj.io/skip-reconcile') === 'true')
    return whileSuspended;
  const automated = dig(policy, 'automated');
  // `enabled` since 3.1.
  const isAutomatic = automated !== undefined && automated !== null && dig(automated, 'enabled') !== false;
  return isAutomatic && dig(automated, 'selfHeal') === true ? heals() : untilNextSync;
}

/** Are differences of all images of this workload ignored. */
function isIgnored(application: JsonObject, { ref, object, podSpecPath }: Workload): boolean {
  const rules = asObjects(dig(application, 'spec', 'ignoreDifferences')).filter(
    ({ group, kind, name, namespace }) =>
      (group ?? '') === apiGroup(ref.apiVersion) &&
      kind === ref.kind &&
      (name ?? ref.name) === ref.name &&
      (namespace ?? ref.namespace) === ref.namespace,
  );
  if (rules.some(({ managedFieldsManagers }) => asList(managedFieldsManagers).includes(fieldManager)))
    return true;
  const podSpec = dig(object, ...podSpecPath.split('/').slice(1));
  const paths = podSurfaces(podSpec, podSpecPath).map(({ path }) => path);
  return (
    paths.length > 0 &&
    paths.every((path) =>
      rules.some(
        ({ jsonPointers, jqPathExpressions }) =>
          asList(jsonPointers).some(
            (pointer) => path === pointer || path.startsWith(`${String(pointer)}/`),
          ) || asList(jqPathExpressions).some((jq) => jqCovers(asText(jq) ?? '', path)),
      ),
    )
  );
}

/** `.spec.template.spec.containers[].image`, with an index or `?` too; what selects by conditions is not taken for it. */
function jqCovers(jq: string, path: string): boolean {
  const tokens = jq
    .replaceAll('?', '')
    .replaceAll(/\[(\d*)\]/g, '.$1')
    .split('.')
    .slice(1);
  const own = path.split('/').slice(1);
  return (
    tokens.length > 0 &&
    tokens.length <= own.length &&
    tokens.every((token, index) => token === own[index] || (token === '' && /^\d+$/.test(own[index] ?? '')))
  );
}

function source(application: JsonObject): { readonly source?: DeliverySource } {
  const { source: single, sources } = asObject(application.spec);
  const all = [single, ...asList(sources)].map(asObject);
  // Of several sources one may be there for its values alone (`ref`).
  const main = all.find(({ path, chart }) => path !== undefined || chart !== undefined) ?? all[0];
  const repository = asText(main?.repoURL);
  if (main === undefined || repository === undefined) return {};
  const type =
    digText(application, 'status', 'sourceType') ??
    asText(asList(dig(application, 'status', 'sourceTypes'))[0]);
  const chart = asText(main.chart);
  return {
    source: sourceOf({
      repository: withoutLogin(repository),
      path: asText(main.path),
      revision: asText(main.targetRevision),
      chart,
      built: isHelm(main, type) ? 'helm' : isKustomize(main, type) ? 'kustomize' : 'manifests',
    }),
  };
}

function isHelm({ chart, helm }: JsonObject, type: string | undefined): boolean {
  return chart !== undefined || helm !== undefined || type === 'Helm';
}

function isKustomize({ kustomize }: JsonObject, type: string | undefined): boolean {
  return kustomize !== undefined || type === 'Kustomize';
}
