import { expect, test } from 'vitest';
import { PullmendError } from '../../core/base/index.ts';
import type { JsonObject, ObjectRef, ReplacePodsStep } from '../../core/model/index.ts';
import { stepTools } from '../../../test/support/step-tools.ts';
import { apply } from './apply.ts';

const pod: ObjectRef = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'db-1', uid: 'u1' };
const step: ReplacePodsStep = {
  id: 's2',
  kind: 'replace-pods',
  object: { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'db' },
  needs: [],
  expect: [],
  pods: [pod],
};

async function deleted(
  given: ReplacePodsStep,
  state: JsonObject,
  uid = 'u1',
  conflicts = 0,
): Promise<number> {
  let calls = 0;
  let done = 0;
  const { api, ...tools } = stepTools({});
  await apply(given, {
    ...tools,
    run: 'r-1',
    dryRun: false,
    api: {
      ...api,
      get: async () => ({
        metadata: { uid, resourceVersion: String(calls) },
        status: { containerStatuses: [{ name: 'db', state }] },
      }),
      delete: async (_, options) => {
        expect(options).toMatchObject({ uid: 'u1', resourceVersion: String(calls) });
        if (calls++ < conflicts)
          throw new PullmendError('PM_CONFLICT', { object: 'db-1', message: 'written', reason: 'Conflict' });
        done += 1;
      },
    },
  });
  return done;
}

test('a stuck pod is deleted as it was read, also when the kubelet writes in between', async () => {
  expect(await deleted(step, { waiting: {} })).toBe(1);
  expect(await deleted(step, { waiting: {} }, 'u1', 3)).toBe(1);
});

test('one that came to run, or another one of its name, stays', async () => {
  expect(await deleted(step, { running: {} })).toBe(0);
  expect(await deleted(step, { waiting: {} }, 'u2')).toBe(0);
});

test('one that somebody said yes to, and one that must read a setting anew, go although they run', async () => {
  const loss = { what: 'running-containers', pods: 1, names: ['db-1 (db)'] } as const;
  expect(await deleted({ ...step, loss }, { running: {} })).toBe(1);
  expect(await deleted({ ...step, pods: [], restarts: [pod] }, { running: {} })).toBe(1);
});
