import { expect, test } from 'vitest';
import type { JsonObject, Workload } from '../../../core/model/index.ts';
import { rolloutOf } from './rollout.ts';

function rollout(kind: string, spare: number | undefined, spec: JsonObject, status: JsonObject) {
  const workload: Workload = {
    ref: { apiVersion: 'apps/v1', kind, namespace: 'shop', name: 'web' },
    object: { spec, status },
    podSpecPath: '/spec/template/spec',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
    ...(spare === undefined ? {} : { budgets: [{ name: 'guard', spare }] }),
  };
  return rolloutOf(workload);
}

const ready = { readyReplicas: 3 };
const guarded = { replaces: 3, loss: { what: 'guarded-pods', pods: 3, names: [], guard: 'guard' } };
const rolling = (more: JsonObject): JsonObject => ({ strategy: { rollingUpdate: more } });

test.each<[string, string, number | undefined, JsonObject, JsonObject, JsonObject]>([
  ['nothing runs', 'StatefulSet', 0, { replicas: 3 }, {}, {}],
  ['no budget', 'StatefulSet', undefined, { replicas: 3 }, ready, { replaces: 3 }],
  ['one may be away, one is', 'StatefulSet', 1, { replicas: 3 }, ready, { replaces: 3 }],
  ['none may be away', 'StatefulSet', 0, { replicas: 3 }, ready, guarded],
  ['OnDelete', 'StatefulSet', 0, { replicas: 3, updateStrategy: { type: 'OnDelete' } }, ready, {}],
  [
    'below the partition',
    'StatefulSet',
    1,
    { replicas: 4, updateStrategy: { rollingUpdate: { partition: 2 } } },
    ready,
    { replaces: 2 },
  ],
  ['a quarter of 3 is none: new ones come first', 'Deployment', 0, { replicas: 3 }, ready, { replaces: 3 }],
  ['a quarter of 4 is one', 'Deployment', 0, { replicas: 4 }, ready, guarded],
  [
    'one at a time',
    'Deployment',
    0,
    { replicas: 3, ...rolling({ maxUnavailable: 0, maxSurge: 0 }) },
    ready,
    guarded,
  ],
  ['all at once', 'Deployment', 2, { replicas: 3, strategy: { type: 'Recreate' } }, ready, guarded],
  ['of each node', 'DaemonSet', 0, {}, { numberReady: 3, desiredNumberScheduled: 4 }, guarded],
  ['a bare ReplicaSet keeps its pods', 'ReplicaSet', 0, { replicas: 3 }, ready, {}],
])('%s', (_, kind, spare, spec, status, expected) => {
  expect(rollout(kind, spare, spec, status)).toEqual(expected);
});
