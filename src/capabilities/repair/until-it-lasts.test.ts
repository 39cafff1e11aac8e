import { expect, test } from 'vitest';
import { patchStep, planOf } from '../../../test/support/repair-shop.ts';
import type {
  ApplyResult,
  PlanResult,
  RepairPlan,
  RepairRecord,
  Step,
  Verdict,
} from '../../core/model/index.ts';
import { untilItLasts } from './until-it-lasts.ts';

const web = { ...patchStep({ id: 's1' }), remedy: 'object' } as const;
const shop = {
  ...patchStep({ id: 's2' }),
  remedy: 'object',
  object: { ...web.object, name: 'shop' },
} as const;
const other = { ...patchStep({ id: 's3' }), remedy: 'object' } as const;

function verdict(step: Step, result: Verdict['result']): Verdict {
  const by = result === 'reverted' ? { by: 'installer' } : {};
  return { step: step.id, object: step.object, result, proved: 1, expected: 1, seconds: 1, ...by };
}

function applied(plan: RepairPlan, verdicts: readonly Verdict[], rolledBack: readonly string[]): ApplyResult {
  const record = {
    metadata: plan.metadata,
    status: { state: 'verified', receipts: [] },
  } as unknown as RepairRecord;
  return { outcome: 'applied', record, verdicts, errors: {}, rolledBack };
}

const none = planOf([]);
const planned: PlanResult = { problems: [], supplies: [], plan: planOf([web, shop]) };

test('what was written over is mended in the next way, and the rest stays as it is', async () => {
  const seen: string[] = [];
  const result = await untilItLasts(
    planned,
    async (plan) => {
      seen.push(plan.spec.steps.map(({ id }) => id).join());
      const isFirst = plan.spec.steps.length === 2;
      return await Promise.resolve(
        isFirst
          ? applied(plan, [verdict(web, 'reverted'), verdict(shop, 'proved')], ['s1'])
          : applied(plan, [verdict(other, 'proved')], []),
      );
    },
    async (withdrawn, stepsBefore) => {
      expect([withdrawn.length, stepsBefore]).toEqual([1, 2]);
      expect(withdrawn[0]).toMatchObject({ object: web.object, remedy: 'object', by: 'installer' });
      return await Promise.resolve(planOf([other]));
    },
  );
  expect(seen).toEqual(['s1,s2', 's3']);
  expect(result.plan.spec.steps.map(({ id }) => id)).toEqual(['s2', 's3']);
  expect(result.verdicts.map(({ step, result: how }) => `${step} ${how}`)).toEqual([
    's2 proved',
    's3 proved',
  ]);
  expect(result.rolledBack).toEqual([]);
  expect(result.earlier).toHaveLength(1);
});

test('without another way the result is that of the only run', async () => {
  const only = applied(planned.plan, [verdict(web, 'reverted')], ['s1']);
  const result = await untilItLasts(
    planned,
    async () => await Promise.resolve(only),
    async () => await Promise.resolve(none),
  );
  expect(result).toEqual({ ...planned, ...only });
});

test.each<[string, ApplyResult]>([
  ['lasts', applied(planned.plan, [verdict(web, 'proved')], [])],
  ['only does not start', applied(planned.plan, [verdict(web, 'failing')], ['s1'])],
  ['is kept by wish', applied(planned.plan, [verdict(web, 'reverted')], [])],
  ['was declined', { outcome: 'declined', verdicts: [], errors: {}, rolledBack: [] }],
])('no other way is looked for when it %s', async (_, result) => {
  const next = async () => await Promise.reject(new Error('asked'));
  await untilItLasts(planned, async () => await Promise.resolve(result), next);
});

test('a no to the next way leaves the result of the first', async () => {
  const only = applied(planned.plan, [verdict(web, 'reverted')], ['s1']);
  const declined: ApplyResult = { outcome: 'declined', verdicts: [], errors: {}, rolledBack: [] };
  const answers = [only, declined];
  const result = await untilItLasts(
    planned,
    async () => await Promise.resolve(answers.shift() ?? declined),
    async () => await Promise.resolve(planOf([other])),
  );
  expect(result).toMatchObject({ outcome: 'applied', rolledBack: ['s1'] });
});

test('what nobody follows is mended in the next way, for those that should have followed', async () => {
  const source = {
    ...web,
    remedy: 'source',
    followers: [
      { object: shop.object, containers: ['c'], pods: [{ ...shop.object, kind: 'Pod', name: 'shop-0' }] },
    ],
  } as const;
  const failing = { ...verdict(source, 'failing'), reason: 'not-followed' } as const;
  const result = await untilItLasts(
    { ...planned, plan: planOf([source]) },
    async (plan) =>
      await Promise.resolve(
        plan.spec.steps[0] === source
          ? applied(plan, [failing], ['s1'])
          : applied(plan, [verdict(other, 'proved')], []),
      ),
    async (withdrawn) => {
      expect(withdrawn.map(({ object, remedy }) => `${remedy} ${object.kind}/${object.name}`)).toEqual([
        'source Deployment/shop',
        'source Pod/shop-0',
      ]);
      return await Promise.resolve(planOf([other]));
    },
  );
  expect(result.plan.spec.steps.map(({ id }) => id)).toEqual(['s3']);
});
