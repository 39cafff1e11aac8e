import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deployment, openShop, secretOf, secretStep, type Shop } from '../../../test/support/repair-shop.ts';
import type { JsonObject } from '../../core/model/index.ts';
import { applyStep, rightsOf, servesOthers, undoStep } from '../index.ts';

const content = '{"auths":{"m":{}}}';
let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ dockerConfigJson: async () => await Promise.resolve(content) });
});
afterEach(async () => {
  await shop.close();
});

const secret = () => shop.server.get('Secret', 'shop', 'pullmend-m');
const give = async (dryRun = false) =>
  await applyStep(secretStep('s0'), { ...shop.tools, run: 'r-1', dryRun });

describe('given', () => {
  test('it is of the type that kubelets read, and names its run', async () => {
    await give();
    expect(secret()).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      metadata: {
        labels: { 'app.kubernetes.io/managed-by': 'pullmend' },
        annotations: { 'pullmend.dev/run': 'r-1' },
      },
      stringData: { '.dockerconfigjson': content },
    });
  });

  test("one that an earlier run made gets the newest credentials and stays that run's", async () => {
    shop.server.put(secretOf('r-0'));
    await give();
    expect(secret()).toMatchObject({
      metadata: { annotations: { 'pullmend.dev/run': 'r-0' } },
      data: { '.dockerconfigjson': Buffer.from(content).toString('base64') },
    });
  });

  test('one that somebody else made stays as it is', async () => {
    shop.server.put(secretOf());
    await expect(give()).rejects.toMatchObject({
      code: 'PM_SECRET_NAME_TAKEN',
      params: { object: 'Secret/shop/pullmend-m' },
    });
    expect(secret()).toMatchObject({ data: { '.dockerconfigjson': 'e30=' } });
  });

  test('a refusal is told as it is', async () => {
    shop.server.deny({ verb: 'create', resource: 'secrets' });
    await expect(give()).rejects.toMatchObject({ code: 'PM_FORBIDDEN' });
  });

  test.each([undefined, 'r-0'])('a trial changes nothing (made by %s)', async (run) => {
    if (run !== undefined) shop.server.put(secretOf(run));
    await give(true);
    expect(shop.writes()).toEqual([]);
    expect(secret()?.data).toEqual(run === undefined ? undefined : { '.dockerconfigjson': 'e30=' });
  });

  test('it is there for others', () => {
    expect(servesOthers(secretStep('s0'))).toBe(true);
  });

  test('it is read where it is copied from', () => {
    const source = { from: 'secret', namespace: 'vault', name: 'pull' } as const;
    expect(rightsOf({ ...secretStep('s0'), source })).toContainEqual({
      verb: 'get',
      resource: 'secrets',
      namespace: 'vault',
    });
  });
});

describe('taken back, it stays while something names it', () => {
  const named = [{ name: 'pullmend-m' }];
  const account: JsonObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { namespace: 'shop', name: 'default' },
    imagePullSecrets: named,
  };
  const template = { spec: { imagePullSecrets: named, containers: [] } };
  const other = deployment('x', { name: 'other' });
  const workload = { ...other, spec: { ...(other.spec as JsonObject), template } };
  const replicaSet = (metadata: JsonObject): JsonObject => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { namespace: 'shop', name: 'old', ...metadata },
    spec: { template },
  });
  const owned = { ownerReferences: [{ kind: 'Deployment', name: 'other', uid: 'u9', controller: true }] };

  async function takeBack(dryRun = false) {
    const reopen = async () => await Promise.resolve();
    const context = { ...shop.tools, run: 'r-1', dryRun, stillNeeded: false, reopen };
    const receipt = { step: secretStep('s0'), state: 'applied', at: '2026-01-01T00:00:00Z' } as const;
    return await undoStep(receipt, context);
  }

  test.each<[string, JsonObject, string]>([
    ['a workload', workload, 'in use by Deployment/shop/other'],
    ['a service account', account, 'in use by ServiceAccount/shop/default'],
    ['a ReplicaSet that stands alone', replicaSet({}), 'in use by ReplicaSet/shop/old'],
  ])('%s', async (_, user, detail) => {
    shop.server.put(secretOf('r-1'), user);
    expect(await takeBack()).toMatchObject([{ outcome: 'changed-since', detail }]);
    expect(secret()).toBeDefined();
  });

  test.each<[string, JsonObject]>([
    ['an old ReplicaSet of a Deployment', replicaSet(owned)],
    [
      'something that is on its way out',
      replicaSet({ deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['f'] }),
    ],
    ['a workload that names another one', other],
  ])('%s does not keep it', async (_, user) => {
    shop.server.put(secretOf('r-1'), user);
    expect(await takeBack()).toMatchObject([{ outcome: 'restored' }]);
    expect(secret()).toBeUndefined();
  });

  test('a kind that may not be read is passed over', async () => {
    shop.server.put(secretOf('r-1'));
    shop.server.deny({ verb: 'list', resource: 'cronjobs' });
    expect(await takeBack()).toMatchObject([{ outcome: 'restored' }]);
  });

  test('an error is not taken for `nobody`', async () => {
    shop.server.put(secretOf('r-1'));
    const list = async () => await Promise.reject(new Error('broken'));
    const reopen = async () => await Promise.resolve();
    const context = { ...shop.tools, list, run: 'r-1', dryRun: false, stillNeeded: false, reopen };
    const receipt = { step: secretStep('s0'), state: 'applied', at: '2026-01-01T00:00:00Z' } as const;
    await expect(undoStep(receipt, context)).rejects.toThrow('broken');
    expect(secret()).toBeDefined();
  });
});
