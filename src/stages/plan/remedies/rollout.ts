import { readField } from '../../../core/edit/index.ts';
import type { Loss, Workload } from '../../../core/model/index.ts';

/** What a change of the template does to pods that are well: the controller makes them anew too. */
export function rolloutOf(workload: Workload): { readonly replaces?: number; readonly loss?: Loss } {
  const { pods, atOnce } = healthyTaken(workload);
  if (pods === 0) return {};
  const guard = workload.budgets?.find(({ spare }) => spare < atOnce);
  if (guard === undefined) return { replaces: pods };
  return { replaces: pods, loss: { what: 'guarded-pods', pods, names: [], guard: guard.name } };
}

/** @returns `atOnce`: how many of them may be away before those in their place are ready. */
function healthyTaken({ ref, object }: Workload): { readonly pods: number; readonly atOnce: number } {
  const field = (path: string): unknown => readField(object, path);
  const size = number(field('/spec/replicas'), 1);
  const ready = number(field('/status/readyReplicas'), 0);
  switch (ref.kind) {
    case 'Deployment': {
      if (field('/spec/strategy/type') === 'Recreate') return { pods: ready, atOnce: ready };
      const away = share(field('/spec/strategy/rollingUpdate/maxUnavailable') ?? '25%', size, Math.floor);
      const more = share(field('/spec/strategy/rollingUpdate/maxSurge') ?? '25%', size, Math.ceil);
      // Where both are nothing the controller takes one away, or it would never get on.
      return { pods: ready, atOnce: away === 0 && more === 0 ? 1 : away };
    }
    case 'StatefulSet': {
      if (field('/spec/updateStrategy/type') === 'OnDelete') break;
      const kept = number(field('/spec/updateStrategy/rollingUpdate/partition'), 0);
      const away = share(field('/spec/updateStrategy/rollingUpdate/maxUnavailable') ?? 1, size, Math.ceil);
      return { pods: Math.max(0, Math.min(ready, size - kept)), atOnce: Math.max(1, away) };
    }
    case 'DaemonSet': {
      if (field('/spec/updateStrategy/type') === 'OnDelete') break;
      const all = number(field('/status/desiredNumberScheduled'), 0);
      const away = share(field('/spec/updateStrategy/rollingUpdate/maxUnavailable') ?? 1, all, Math.ceil);
      return { pods: number(field('/status/numberReady'), 0), atOnce: away };
    }
  }
  return { pods: 0, atOnce: 0 };
}

/** A number of pods, or a percentage of them. */
function share(value: unknown, of: number, round: (pods: number) => number): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  return percent === undefined ? 0 : round((Number(percent) * of) / 100);
}

function number(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
