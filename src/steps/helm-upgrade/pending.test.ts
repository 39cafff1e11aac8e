import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/support/repair-shop.ts';
import { storeRevision } from '../../../test/support/releases.ts';
import { readField } from '../../core/edit/index.ts';
import type { HelmUpgradeStep, JsonObject } from '../../core/model/index.ts';
import { afterTheEnd } from './pending.ts';

const step = {
  id: 's2',
  kind: 'helm-upgrade',
  object: { apiVersion: 'helm.sh/v3', kind: 'Release', namespace: 'shop', name: 'shop' },
  revision: 1,
  driver: 'secret',
  unfinished: 'pending-install',
} as unknown as HelmUpgradeStep;

const manifest = JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } });
const pending = { version: 1, manifest, status: 'pending-install' };

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
  storeRevision(shop.server, pending);
});
afterEach(async () => {
  await shop.close();
});

function deployment(readyReplicas: number): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: { replicas: 1 },
    status: { readyReplicas },
  };
}

/** Looks once: what is so at once stays so. */
const pace = { lookMs: 1, quietMs: 0, patienceMs: 0 };
const context = () => ({
  ...shop.tools,
  helm: async () => await Promise.reject(new Error('nothing asks for this')),
  run: 'r-1',
  dryRun: false,
});
const ending = async <T>(work: (status: string) => Promise<T>) =>
  await afterTheEnd(step, context(), async ({ status }) => await work(status), pace);
const label = () =>
  readField(shop.server.get('Secret', 'shop', 'sh.helm.release.v1.shop.v1') ?? {}, '/metadata/labels');

describe('a release that waits', () => {
  test('and for which all is there has no helm any more: it is marked as helm does that gives up', async () => {
    shop.server.put(deployment(1));
    expect(await ending(async (status) => await Promise.resolve(status))).toBe('failed');
    expect(label()).toMatchObject({ status: 'failed' });
    expect(shop.writes()).toEqual(['PATCH secrets/sh.helm.release.v1.shop.v1']);
  });

  test('loses the mark when the work fails', async () => {
    shop.server.put(deployment(1));
    await expect(ending(async () => await Promise.reject(new Error('denied')))).rejects.toThrow('denied');
    expect(label()).toMatchObject({ status: 'pending-install' });
  });

  test('and may be waited for by a helm is left alone', async () => {
    shop.server.put(deployment(0));
    await expect(ending(async () => await Promise.resolve())).rejects.toMatchObject({
      code: 'PM_RELEASE_BUSY',
      params: { waits: 'Deployment/shop/web' },
    });
    expect(shop.writes()).toEqual([]);
  });

  test('that helm ended in the meantime is worked with as it is', async () => {
    storeRevision(shop.server, { ...pending, status: 'deployed' });
    expect(await ending(async (status) => await Promise.resolve(status))).toBe('deployed');
    expect(shop.writes()).toEqual([]);
  });
});
