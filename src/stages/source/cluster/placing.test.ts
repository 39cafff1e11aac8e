import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../core/model/index.ts';
import { mayRunOn } from './placing.ts';

const arm: JsonObject = {
  metadata: { labels: { 'kubernetes.io/arch': 'arm64', cpus: '8' } },
  spec: {
    taints: [
      { key: 'acme', value: 'arm', effect: 'NoSchedule' },
      { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
    ],
  },
};
const anywhere = { tolerations: [{ operator: 'Exists' }] };

function attracted(...matchExpressions: JsonObject[]): JsonObject {
  const required = { nodeSelectorTerms: [{ matchExpressions }] };
  return {
    ...anywhere,
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: required } },
  };
}

describe('a pod may run on a node', () => {
  test.each([
    ['that it tolerates', anywhere, true],
    ['with a taint', {}, false],
    [
      'whose taint it tolerates by value',
      { tolerations: [{ key: 'acme', value: 'arm', effect: 'NoSchedule' }] },
      true,
    ],
    ['with another value', { tolerations: [{ key: 'acme', value: 'gpu' }] }, false],
    ['that it does not select', { ...anywhere, nodeSelector: { 'kubernetes.io/arch': 'amd64' } }, false],
    ['that it selects', { ...anywhere, nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, true],
    [
      'that affinity leaves out',
      attracted({ key: 'kubernetes.io/arch', operator: 'In', values: ['amd64'] }),
      false,
    ],
    ['that affinity takes', attracted({ key: 'cpus', operator: 'Gt', values: ['4'] }), true],
    ['without the label', attracted({ key: 'cpus', operator: 'DoesNotExist' }), false],
  ])('%s', (_, spec: JsonObject, expected) => {
    expect(mayRunOn(spec, arm)).toBe(expected);
  });
});
