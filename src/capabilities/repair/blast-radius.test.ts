import { expect, test } from 'vitest';
import { PullmendError } from '../../core/base/index.ts';
import type { PatchStep, RepairPlan } from '../../core/model/index.ts';
import { isMany, requireFew } from './blast-radius.ts';

function step(id: number, namespace: string, replaces: number): PatchStep {
  return {
    id: `s${id}`,
    kind: 'patch',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: `web-${id}` },
    needs: [],
    expect: [],
    changes: [{ path: '/spec/image', before: 'a', after: 'b' }],
    ...(replaces === 0 ? {} : { replaces }),
  };
}

function plan(steps: readonly PatchStep[]): RepairPlan {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: { replacements: [], steps, unmended: [] },
  };
}

test('as many changes as are allowed pass, and any number where nothing is said', () => {
  const two = plan([step(1, 'shop', 0), step(2, 'shop', 0)]);
  expect(() => {
    requireFew(two, 2);
    requireFew(two, undefined);
  }).not.toThrow();
  expect([isMany(two, 1), isMany(two, 2), isMany(two, undefined)]).toEqual([true, false, false]);
});

test('one more is refused: the objects with most running pods first, and the namespaces to narrow to', () => {
  const steps = [step(1, 'shop', 0), step(2, 'bank', 7), step(3, 'shop', 2)];
  const refused = (() => {
    try {
      requireFew(plan(steps), 2);
    } catch (error) {
      return error;
    }
    return undefined;
  })();
  expect(refused).toBeInstanceOf(PullmendError);
  const text = (refused as PullmendError).text('en');
  expect(text.what).toMatch(
    /3 changes.*allows 2.*bank\/web-2.*7.*shop\/web-3.*2.*shop\/web-1.*no running pod/,
  );
  expect(text.likely).toMatch(/shop 2, bank 1/);
  expect(text.do).toMatch(/--only namespace=shop.*--max-changes 3/);
});

test('of many objects the first are named and the rest is a number', () => {
  const steps = Array.from({ length: 30 }, (_, index) => step(index, 'shop', 1));
  expect(() => {
    requireFew(plan(steps), 0);
  }).toThrow(/and 20 more objects/);
});
