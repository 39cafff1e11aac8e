import { expect, test } from 'vitest';
import type { Usage, Workload } from '../../core/model/index.ts';
import { insteadOf } from './instead-of.ts';
import type { PlanInput } from './input.ts';

const object = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name });
const workload = (name: string) => ({ ref: object(name), jobs: [] }) as unknown as Workload;
const usage = (name: string) => ({ image: 'web:1', object: object(name) }) as unknown as Usage;
const problem = (...names: readonly string[]) => ({ spec: { image: 'web:1', usages: names.map(usage) } });

test('only what was withdrawn is planned anew', () => {
  const input = {
    inventory: { workloads: [workload('web'), workload('shop')] },
    problems: [problem('web', 'shop'), problem('shop')],
  } as unknown as PlanInput;
  const one = { object: object('web'), remedy: 'object', run: 'r-1' } as const;
  const next = insteadOf(input, [one]);
  expect(next.inventory.workloads.map(({ ref }) => ref.name)).toEqual(['web']);
  expect(next.problems.map(({ spec }) => spec.usages.map((it) => it.object.name))).toEqual([['web']]);
  expect(next.withdrawn).toEqual([one]);
});
