import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openShop, type Shop } from '../../../test/support/repair-shop.ts';
import { helmOf, storeRevision } from '../../../test/support/releases.ts';
import type { Helm } from '../../adapters/helm/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type { HelmUpgradeStep, JsonObject, Receipt } from '../../core/model/index.ts';
import { applyStep, lookAt, noteBefore, rightsOf, undoStep, vetStep } from '../index.ts';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const path = '/spec/template/spec/containers/0/image';
const image = {
  place: 'container',
  container: 'web',
  imageBefore: 'web:1',
  imageAfter: 'm/web:1',
} as const;
const given = { replicas: 2, password: 'hidden' };

function manifest({ image: name = 'web:1', replicas = 2 }: JsonObject): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { replicas, template: { spec: { containers: [{ name: 'web', image: name }] } } },
  });
}

function stepOf(more: Partial<HelmUpgradeStep> = {}): HelmUpgradeStep {
  return {
    id: 's1',
    kind: 'helm-upgrade',
    object: { apiVersion: 'helm.sh/v3', kind: 'Release', namespace: 'shop', name: 'shop' },
    needs: [],
    expect: [image],
    revision: 1,
    driver: 'secret',
    chart: { from: 'release' },
    override: { image: 'm/web:1' },
    changes: [{ object: web, path, before: 'web:1', after: 'm/web:1' }],
    resources: ['deployments.apps'],
    workloads: [{ object: web, expect: [image] }],
    ...more,
  };
}

let shop: Shop;
let here: ReturnType<typeof helmOf>;

beforeEach(async () => {
  shop = await openShop();
  here = helmOf(shop.server, { version: 1, manifest: manifest({}), values: given }, manifest);
  shop.server.put(live());
});
afterEach(async () => {
  await shop.close();
});

/** The Deployment, and what a person wrote into it. */
function live(replicas = 2, by = 'helm'): JsonObject {
  const fields = { 'f:spec': { 'f:replicas': {} } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      namespace: 'shop',
      managedFields: [{ manager: by, operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: fields }],
    },
    spec: { replicas, template: { spec: { containers: [{ name: 'web', image: 'web:1' }] } } },
    status: { readyReplicas: 1 },
  };
}

const tools = (helm: Helm = here.helm) => ({
  ...shop.tools,
  helm: async () => await Promise.resolve(helm),
  run: 'r-1',
});
const apply = async (step = stepOf(), dryRun = false, helm = here.helm) =>
  await applyStep(step, { ...tools(helm), dryRun });
const undo = async (dryRun = false) => {
  const receipt: Receipt = { step: stepOf(), state: 'applied', at: '' };
  const context = { ...tools(), dryRun, stillNeeded: false, reopen: async () => await Promise.resolve() };
  return await undoStep(receipt, context);
};

describe('an upgrade', () => {
  test('adds its values to those that the release has', async () => {
    await apply();
    expect(here.log).toEqual(['try', 'upgrade to 2']);
    expect(here.revisions.at(-1)).toMatchObject({
      values: { ...given, image: 'm/web:1' },
      description: 'pullmend r-1',
    });
  });

  test('is made once, and in a dry run only tried', async () => {
    await apply(stepOf(), true);
    expect(here.log).toEqual(['try']);
    await apply();
    await apply();
    expect(here.log).toEqual(['try', 'try', 'upgrade to 2']);
  });

  test.each<[string, () => void, Partial<HelmUpgradeStep>, RegExp]>([
    [
      'another revision is there since',
      () => storeRevision(shop.server, { version: 2, manifest: manifest({}) }),
      {},
      /revision 2, deployed/,
    ],
    [
      'the release waits for a helm that is gone',
      () => storeRevision(shop.server, { version: 1, manifest: manifest({}), status: 'pending-upgrade' }),
      {},
      /pending-upgrade/,
    ],
    [
      'the values change more than was planned',
      () => undefined,
      { override: { image: 'm/web:1', replicas: 0 } },
      /\/spec\/replicas/,
    ],
    ['the values change less', () => undefined, { override: {} }, /fewer/],
    [
      'a person wrote what it would take back',
      () => shop.server.put(live(7, 'kubectl-edit')),
      {},
      /Deployment\/shop\/web \/spec\/replicas kubectl-edit/,
    ],
  ])('is refused when %s', async (_, change, more, found) => {
    change();
    await expect(apply(stepOf(more))).rejects.toMatchObject({
      code: 'PM_RELEASE_CHANGED',
      params: { found: expect.stringMatching(found) as string },
    });
    expect(here.log.filter((line) => line !== 'try')).toEqual([]);
  });

  test('that fails half-way is rolled back', async () => {
    const failing: Helm = {
      ...here.helm,
      upgrade: async (...args) => {
        const made = await here.helm.upgrade(...args);
        if (args[2].dryRun) return made;
        throw new PullmendError('PM_HELM_FAILED', { command: 'upgrade', reason: 'denied' });
      },
    };
    await expect(apply(stepOf(), false, failing)).rejects.toMatchObject({ code: 'PM_HELM_FAILED' });
    expect(here.log).toEqual(['try', 'upgrade to 2', 'rollback to 1']);
    const stuck = {
      ...failing,
      rollback: async () => await Promise.reject(new Error('no right')),
    };
    const step = stepOf({ revision: 3 });
    await expect(apply(step, false, stuck)).rejects.toMatchObject({ code: 'PM_RELEASE_OPEN' });
  });
});

describe('undo', () => {
  test('makes the revision of before the newest, and does so once', async () => {
    await apply();
    expect(await undo(true)).toMatchObject([{ outcome: 'restored' }]);
    expect(await undo()).toMatchObject([{ outcome: 'restored' }]);
    expect(await undo()).toMatchObject([{ outcome: 'already' }]);
    expect(here.log.slice(2)).toEqual(['rollback to 1']);
    expect(here.revisions.at(-1)).toMatchObject({ version: 3, values: given });
  });

  test('of what never happened does nothing', async () => {
    expect(await undo()).toMatchObject([{ outcome: 'already' }]);
  });

  test('leaves a revision that somebody made since', async () => {
    await apply();
    storeRevision(shop.server, { version: 3, manifest: manifest({}) });
    expect(await undo()).toMatchObject([{ outcome: 'changed-since', detail: 'revision 3' }]);
  });

  test('leaves what a person wrote into an object since', async () => {
    await apply();
    shop.server.put(live(9, 'kubectl-edit'));
    expect(await undo()).toMatchObject([{ outcome: 'changed-since', path: '/spec/replicas' }]);
    expect(here.log).not.toContain('rollback to 1');
  });

  test('takes back an upgrade that was killed, known by its values; another one it leaves', async () => {
    const open = {
      version: 2,
      manifest: manifest({}),
      status: 'pending-upgrade',
      description: 'Preparing upgrade',
    };
    storeRevision(shop.server, { ...open, values: { image: 'theirs' } });
    expect(await undo()).toMatchObject([{ outcome: 'changed-since' }]);
    storeRevision(shop.server, { ...open, values: { ...given, image: 'm/web:1' } });
    expect(await undo()).toMatchObject([{ outcome: 'restored' }]);
    expect(here.log).toEqual(['rollback to 1']);
  });
});

describe('is proved', () => {
  test('by the pods of every workload', async () => {
    shop.server.put({ ...live(), spec: { replicas: 0 } });
    expect(await lookAt(stepOf(), tools())).toMatchObject({ result: 'nothing-runs', final: 'now' });
    const gone = { ...web, name: 'gone' };
    const both = stepOf({ workloads: [...stepOf().workloads, { object: gone, expect: [image] }] });
    expect(await lookAt(both, tools())).toMatchObject({ result: 'failing', reason: 'gone' });
  });

  test('not while another revision is there', async () => {
    storeRevision(shop.server, { version: 3, manifest: manifest({}) });
    expect(await lookAt(stepOf(), tools())).toMatchObject({ result: 'reverted', by: 'helm' });
  });
});

test('pods that were ready before are counted', async () => {
  expect(await noteBefore(stepOf(), tools())).toEqual({ ready: 1 });
});

test('rights: revisions, all that the release brings, and what changes', () => {
  const texts = (more: Partial<HelmUpgradeStep>): readonly string[] =>
    rightsOf(stepOf({ resources: ['deployments.apps', 'services'], ...more })).map(
      ({ verb, resource }) => `${verb} ${resource}`,
    );
  expect(texts({})).toContain('create secrets');
  expect(texts({})).toContain('get services');
  expect(texts({})).toContain('patch deployments.apps');
  expect(texts({})).not.toContain('patch services');
  expect(texts({ serverSide: true })).toContain('patch services');
  expect(texts({ driver: 'configmap' })).toContain('update configmaps');
});

describe('a plan that somebody edited', () => {
  const allowed = { images: new Set(['m/web:1']), hosts: new Set<string>() };
  const change = stepOf().changes[0];
  test.each<[string, Partial<HelmUpgradeStep>, RegExp | undefined]>([
    ['as it was made', {}, undefined],
    ['another image', { expect: [{ ...image, imageAfter: 'evil/web:1' }] }, /evil/],
    [
      'more than an image',
      { changes: [{ object: web, path: '/spec/replicas', before: '1', after: '0' }] },
      /replicas/,
    ],
    ['something in a Secret', { changes: [{ ...change!, object: { ...web, kind: 'Secret' } }] }, /Secret/],
    ['nothing', { changes: [] }, /nothing/],
    ['no release', { object: web }, /no release/],
    [
      'a checksum that follows',
      {
        changes: [
          change!,
          {
            object: web,
            path: '/spec/template/metadata/annotations/checksum~1config',
            before: 'a'.repeat(64),
            after: 'b'.repeat(64),
          },
        ],
      },
      undefined,
    ],
  ])('%s', (_, more, expected) => {
    const found = vetStep(stepOf(more), allowed);
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(expected);
  });
});
