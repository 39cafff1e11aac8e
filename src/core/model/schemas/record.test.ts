import { expect, test } from 'vitest';
import { receiptSchema } from './index.ts';

const receipt = {
  step: {
    id: 's1',
    kind: 'replace-pods',
    object: { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'db' },
    needs: [],
    expect: [],
    pods: [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'db-0', uid: 'u' }],
    loss: 'running-containers',
  },
  state: 'applied',
  at: '2026-01-02T00:00:00Z',
};

test('a loss in a word, as records of before have it, is read', () => {
  expect(receiptSchema.parse(receipt).step.loss).toEqual({ what: 'running-containers', pods: 0, names: [] });
  expect(receiptSchema.safeParse({ ...receipt, step: { ...receipt.step, loss: 'nothing' } }).success).toBe(
    false,
  );
});
