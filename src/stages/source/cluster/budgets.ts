import type { Kube } from '../../../adapters/kube/index.ts';
import { isError } from '../../../core/base/index.ts';
import { asList, asObject, asObjects, asText, dig, isObject } from '../../../core/knowledge/pods/index.ts';
import type { Budget, JsonObject, Workload } from '../../../core/model/index.ts';

/** Fills in what PodDisruptionBudgets say of each workload's pods; nothing where they may not be read. */
export async function withBudgets(kube: Kube, workloads: readonly Workload[]): Promise<readonly Workload[]> {
  const namespaces = new Set(
    workloads.flatMap(({ ref, podSpecPath }) =>
      podSpecPath.startsWith('/spec/template/') && ref.kind !== 'Job' ? [ref.namespace ?? ''] : [],
    ),
  );
  const lists = [...namespaces].map(
    async (namespace) => [namespace, await budgetsIn(kube, namespace)] as const,
  );
  const all = new Map(await Promise.all(lists));
  return workloads.map((workload) => {
    const labels = asObject(dig(workload.object, 'spec', 'template', 'metadata', 'labels'));
    const fitting = (all.get(workload.ref.namespace ?? '') ?? []).filter(({ spec }) =>
      selects(asObject(spec).selector, labels),
    );
    return fitting.length === 0 ? workload : { ...workload, budgets: fitting.map(budgetOf) };
  });
}

async function budgetsIn(kube: Kube, namespace: string): Promise<readonly JsonObject[]> {
  try {
    return await kube.list('PodDisruptionBudget', { namespace });
  } catch (error) {
    if (
      ['PM_FORBIDDEN', 'PM_UNKNOWN_KIND', 'PM_NOT_FOUND'].some((code) =>
        isError(error, code as 'PM_FORBIDDEN'),
      )
    )
      return [];
    throw error;
  }
}

/** How many of its pods may be away once all of them are healthy: a roll-out comes to the healthy ones last. */
function budgetOf(budget: JsonObject): Budget {
  const number = (name: string): number => {
    const value = dig(budget, 'status', name);
    return typeof value === 'number' ? value : 0;
  };
  const spare = Math.max(0, number('expectedPods') - number('desiredHealthy'));
  return { name: asText(dig(budget, 'metadata', 'name')) ?? '', spare };
}

/** As policy/v1 has it: an empty selector is for every pod, none at all for no pod. */
function selects(selector: unknown, labels: JsonObject): boolean {
  if (!isObject(selector)) return false;
  const equal = Object.entries(asObject(selector.matchLabels)).every(([key, value]) => labels[key] === value);
  return (
    equal &&
    asObjects(selector.matchExpressions).every(({ key, operator, values }) => {
      const label = labels[asText(key) ?? ''];
      const isIn = label !== undefined && asList(values).includes(label);
      switch (operator) {
        case 'In':
          return isIn;
        case 'NotIn':
          return !isIn;
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}
