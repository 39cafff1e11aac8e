import { expect, test } from 'vitest';
import { expectedPods, hasSucceeded, labelSelector, observed } from './workload.ts';

test.each([
  [{ kind: 'Deployment', spec: { replicas: 3 } }, 3],
  [{ kind: 'Deployment', spec: {} }, 1],
  [{ kind: 'Deployment', spec: { replicas: 0 } }, 0],
  [{ kind: 'DaemonSet', status: { desiredNumberScheduled: 2 } }, 2],
  [{ kind: 'Job', spec: { parallelism: 4, completions: 2 } }, 2],
  [{ kind: 'Job', spec: { suspend: true } }, 0],
  [{ kind: 'CronJob' }, 0],
  [{ kind: 'Pod' }, 1],
])('expectedPods %j → %i', (object, expected) => {
  expect(expectedPods(object)).toBe(expected);
});

test.each([
  [{ spec: { selector: { matchLabels: { a: 'b', c: 'd' } } } }, 'a=b,c=d'],
  [{ spec: { selector: { app: 'rc' } } }, 'app=rc'],
  [
    {
      spec: {
        selector: {
          matchExpressions: [
            { key: 'a', operator: 'In', values: ['x', 'y'] },
            { key: 'b', operator: 'DoesNotExist' },
            { key: 'c', operator: 'Exists' },
          ],
        },
      },
    },
    'a in (x,y),!b,c',
  ],
  [{ spec: {} }, undefined],
])('labelSelector %j → %s', (object, expected) => {
  expect(labelSelector(object)).toBe(expected);
});

test('a controller that has not seen the newest spec is not believed', () => {
  expect(observed({ metadata: { generation: 2 }, status: { observedGeneration: 1 } })).toBe(false);
  expect(observed({ metadata: { generation: 2 }, status: { observedGeneration: 2 } })).toBe(true);
  expect(observed({ kind: 'Pod' })).toBe(true);
});

test('a Job that succeeded once has pulled its image', () => {
  expect(hasSucceeded({ kind: 'Job', status: { succeeded: 1 } })).toBe(true);
  expect(hasSucceeded({ kind: 'Job', status: { active: 1 } })).toBe(false);
});
