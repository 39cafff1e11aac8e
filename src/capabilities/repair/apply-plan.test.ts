import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deployment,
  editStep,
  imageOf,
  openShop,
  patchStep,
  planOf,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../access/index.ts';
import { kubeRecordStore } from '../../adapters/kube/index.ts';
import type { Probe, RepairPlan, Replacement } from '../../core/model/index.ts';
import { memoryRecords } from '../../../test/support/repair-shop.ts';
import { applyPlan } from './apply-plan.ts';
import { requireSameCopies } from './still-there.ts';

let shop: Shop;
let folder: string;
beforeEach(async () => {
  shop = await openShop();
  folder = await mkdtemp(join(tmpdir(), 'pullmend-apply-'));
});
afterEach(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

const refuse = async (): Promise<never> => await Promise.reject(new Error('nothing asks for this'));

/** The world of a command, with the cluster of the shop and registries that answer with this digest. */
function world(digest?: string, outcome: Probe['outcome'] = 'works') {
  const turns: string[] = [];
  const records = memoryRecords();
  const asked: string[] = [];
  const made: World = {
    options: { env: {}, home: '/none', onEvent: () => {}, signal: new AbortController().signal },
    outside: {
      mirrors: { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [] },
      knownDigests: async () => ({}),
      kube: async () => await Promise.resolve(shop.kube),
      clusterRecords: async () =>
        await Promise.resolve(
          kubeRecordStore(
            shop.kube,
            async (labelSelector) => await shop.kube.list('ConfigMap', { namespace: 'shop', labelSelector }),
          ),
        ),
      recordsIn: refuse,
      fileRecords: async () => await Promise.resolve(records.store),
      fileTurn: async (work) => {
        turns.push('turn');
        return await work();
      },
      entered: { take: () => undefined, giveBack: () => {}, close: refuse },
      close: refuse,
    },
    registries: {
      probe: async ({ repository }) => {
        asked.push(repository);
        const probe: Probe = {
          reference: repository,
          outcome,
          platforms: [],
          platformDigests: {},
          detail: '',
          ...(digest === undefined ? {} : { digest }),
        };
        return await Promise.resolve(probe);
      },
      readImage: async () => await Promise.resolve(),
      close: refuse,
    },
  };
  return { made, turns, records, asked };
}

const options = {
  timeoutSeconds: 0,
  keep: true,
  dryRun: false,
  confirm: async () => await Promise.resolve(true),
  confirmLoss: async () => await Promise.resolve(true),
};

function clusterPlan(server: string): RepairPlan {
  return planOf([patchStep()], { cluster: { context: 'lab', server, version: 'v1' } });
}

describe('a plan for a cluster', () => {
  test('is carried out there', async () => {
    shop.server.put(deployment('web:1'));
    const { made, turns } = world();
    const { outcome } = await applyPlan(clusterPlan(shop.kube.identity.server), options, made);
    expect(outcome).toBe('applied');
    expect(imageOf(shop.server.get('Deployment', 'shop', 'web'))).toBe('m/web:1');
    expect(turns).toEqual([]);
  });

  test('is refused on another one, before anything is asked or written', async () => {
    shop.server.put(deployment('web:1'));
    const before = shop.server.requests.length;
    await expect(
      applyPlan(clusterPlan('https://10.0.0.1:6443'), options, world().made),
    ).rejects.toMatchObject({
      code: 'PM_PLAN_FOR_OTHER_CLUSTER',
      params: {
        planned: 'lab (https://10.0.0.1:6443)',
        connected: `stub (${shop.kube.identity.server})`,
      },
    });
    expect(shop.server.requests.length).toBe(before);
  });

  test('is refused without the rights for it, with what is missing and what grants it', async () => {
    shop.server.put(deployment('web:1'));
    shop.server.deny({ verb: 'patch', resource: 'deployments' }, { verb: 'create', resource: 'configmaps' });
    const made = applyPlan(clusterPlan(shop.kube.identity.server), options, world().made);
    await expect(made).rejects.toMatchObject({
      code: 'PM_MISSING_PERMISSIONS',
      params: {
        missing: 'patch deployments.apps in shop, create configmaps in shop',
        grant: expect.stringContaining('--serviceaccount=shop:tester') as unknown,
      },
    });
    expect(shop.writes()).toEqual([]);
  });

  test('without steps does nothing and asks nobody', async () => {
    const { outcome } = await applyPlan(
      planOf([], { cluster: { context: 'x', server: 'y', version: 'z' } }),
      options,
      world().made,
    );
    expect(outcome).toBe('nothing-to-do');
  });
});

describe('a plan for files', () => {
  test('takes its turn, and writes them', async () => {
    const file = join(folder, 'a.yaml');
    await writeFile(file, 'web:1');
    const { made, turns, records } = world();
    expect((await applyPlan(planOf([editStep('s1', file, 'web:1')]), options, made)).outcome).toBe('applied');
    expect(await readFile(file, 'utf8')).toBe('m/web:1');
    expect(turns).toEqual(['turn']);
    expect(records.created()?.spec.user).toBe('');
  });

  test('in a dry run takes no turn and leaves them', async () => {
    const file = join(folder, 'a.yaml');
    await writeFile(file, 'web:1');
    const { made, turns, records } = world();
    const step = editStep('s1', file, 'web:1');
    expect((await applyPlan(planOf([step]), { ...options, dryRun: true }, made)).outcome).toBe('dry-run');
    expect(await readFile(file, 'utf8')).toBe('web:1');
    expect(turns).toEqual([]);
    expect(records.log).toEqual([]);
  });

  test('with a step for a cluster was written by hand', async () => {
    const { errors } = await applyPlan(planOf([patchStep()]), options, world().made);
    expect(errors['s1']?.code).toBe('PM_PLAN_INVALID');
  });
});

describe('the copies of a plan', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const moved = `sha256:${'b'.repeat(64)}`;
  const same: Replacement = {
    image: 'web:1',
    with: 'm.lab/web:1',
    mirror: 'm',
    platforms: [],
    identity: 'same',
    digest,
  };
  const check = async (one: Partial<Replacement>, found?: string, allowUnverified = false) => {
    const { made, asked } = world(found);
    await requireSameCopies(planOf([], { replacements: [{ ...same, ...one }] }), { allowUnverified }, made);
    return asked;
  };

  test('are asked for again, and are what they were', async () => {
    expect(await check({}, digest)).toEqual(['web']);
  });

  test('that lead elsewhere by now are refused', async () => {
    await expect(check({}, moved)).rejects.toMatchObject({
      code: 'PM_COPY_MOVED',
      params: { copy: 'm.lab/web:1', planned: digest, found: moved },
    });
  });

  test('that are gone are refused', async () => {
    const { made } = world(undefined, 'absent');
    await expect(
      requireSameCopies(planOf([], { replacements: [same] }), { allowUnverified: true }, made),
    ).rejects.toMatchObject({ code: 'PM_COPY_GONE', params: { copy: 'm.lab/web:1' } });
  });

  test('that do not answer from here may answer the nodes', async () => {
    expect(await check({})).toEqual(['web']);
  });

  test('that the plan makes itself are not there yet', async () => {
    expect(await check({ made: true }, moved)).toEqual([]);
  });

  test('that are another image are taken only when the user says so', async () => {
    await expect(check({ identity: 'different' }, digest)).rejects.toMatchObject({
      code: 'PM_COPY_UNVERIFIED',
      params: { image: 'web:1', copy: 'm.lab/web:1' },
    });
    expect(await check({ identity: 'different' }, digest, true)).toEqual(['web']);
    expect(await check({ identity: 'unverified' }, digest)).toEqual(['web']);
  });
});
