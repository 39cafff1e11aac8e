import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  copyStep,
  deployment,
  editStep,
  openShop,
  patchStep,
  pod,
  recreateStep,
  secretOf,
  secretStep,
  planOf,
  type Shop,
} from '../../../test/support/repair-shop.ts';
import { kubeRecordStore } from '../../adapters/kube/index.ts';
import { kinds } from '../../core/knowledge/pods/index.ts';
import type { JsonObject, ReplacePodsStep, Step } from '../../core/model/index.ts';
import { carryOut } from './carry-out.ts';
import { grantCommands, permissionsFor, permissionText } from './permissions.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ dockerConfigJson: async () => await Promise.resolve('{"auths":{}}') });
});
afterEach(async () => {
  await shop.close();
});

const one = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'one' };
const secret = secretStep('s0');
const copy = copyStep('s0');
const recreate = recreateStep();
const replacePods: ReplacePodsStep = {
  id: 's1',
  kind: 'replace-pods',
  object: patchStep().object,
  needs: [],
  expect: [],
  pods: [one],
};

const record = ['create', 'get', 'list', 'patch'].map((verb) => `${verb} configmaps in shop`);

function textsFor(...steps: readonly Step[]): readonly string[] {
  return permissionsFor(planOf(steps)).map(permissionText);
}

describe('every kind of step asks for', () => {
  test.each<[string, Step, readonly string[]]>([
    ['a patch', patchStep(), ['get deployments.apps in shop', 'patch deployments.apps in shop', ...record]],
    ['pods that go', replacePods, ['delete pods in shop', ...record]],
    [
      'an object made anew',
      recreate,
      ['get pods in shop', 'delete pods in shop', 'create pods in shop', ...record],
    ],
    [
      'a pull secret',
      secret,
      ['create secrets in shop', 'get secrets in shop', 'patch secrets in shop', ...record],
    ],
    ['a copy: only its record', copy, record],
    [
      'an object without namespace',
      { ...copy, object: { ...copy.object, namespace: undefined } as never },
      record.map((one) => one.replace('shop', 'default')),
    ],
  ])('%s', (_, step, expected) => {
    expect(textsFor(step)).toEqual(expect.arrayContaining([...expected]));
  });

  test('an object outside of namespaces', () => {
    const object = { apiVersion: 'example.org/v1', kind: 'Node', name: 'n' };
    expect(textsFor(patchStep({ object }))[0]).not.toContain(' in ');
  });
});

test('files need nothing of a cluster', () => {
  expect(permissionsFor(planOf([editStep('s1', 'a.yaml', 'web:1')]))).toEqual([]);
});

test('each right once', () => {
  const texts = textsFor(patchStep(), patchStep({ id: 's2' }));
  expect(new Set(texts).size).toBe(texts.length);
});

describe('what carrying a plan out really asks of the API server, the plan asked for before', () => {
  const given = { uid: 'u1' };
  test.each<[string, readonly JsonObject[], readonly Step[]]>([
    ['a patch that is proved or rolled back', [deployment('web:1', given)], [patchStep()]],
    ['a pod made anew, and made again as it was', [pod('web:1')], [recreate]],
    ['a new pull secret', [deployment('web:1')], [secret, patchStep({ needs: ['s0'] })]],
    ['a pull secret of an earlier run', [secretOf('r-0')], [secret]],
    ['pods that go', [pod('web:1')], [replacePods]],
  ])('%s', async (_, objects, steps) => {
    shop.server.put(...objects);
    const plan = planOf(steps);
    const { errors } = await carryOut(
      plan,
      {
        timeoutSeconds: 0,
        keep: false,
        confirm: async () => await Promise.resolve(true),
        confirmLoss: async () => await Promise.resolve(true),
        dryRun: false,
      },
      {
        ...shop.tools,
        records: kubeRecordStore(
          shop.kube,
          async (labelSelector) => await shop.kube.list('ConfigMap', { namespace: 'shop', labelSelector }),
        ),
        whose: async () => await Promise.resolve({ user: 'ann', host: 'desk' }),
        now: () => '2026-01-02T00:00:00Z',
        onEvent: () => {},
        startCopies: () => async () => await Promise.resolve(),
      },
    );
    expect(errors).toEqual({});
    const asked = permissionsFor(plan);
    const used = asksOf(shop);
    // Proof reads pods and their ReplicaSets; who may change a workload is taken to see it.
    const writes = used.filter((text) => !text.startsWith('list '));
    expect(writes.filter((text) => !asked.map(permissionText).includes(text))).toEqual([]);
    expect(writes.length).toBeGreaterThan(2);
  });
});

const verbs: Readonly<Record<string, string>> = { POST: 'create', PATCH: 'patch', DELETE: 'delete' };

/** The rights that the requests of a run took, in the words of `permissionText`. */
function asksOf({ server }: Shop): readonly string[] {
  const texts = server.requests.flatMap(({ method, path }) => {
    const [, group, resource, name] =
      /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)\/namespaces\/shop\/([^/]+)(?:\/([^/]+))?/.exec(path) ?? [];
    if (resource === undefined || !kinds.some(({ plural }) => plural === resource)) return [];
    const verb = verbs[method] ?? (name === undefined ? 'list' : 'get');
    return [`${verb} ${resource}${group === undefined ? '' : `.${group}`} in shop`];
  });
  return [...new Set(texts)];
}

describe('commands that grant what is missing', () => {
  const missing = [
    { verb: 'patch', resource: 'deployments.apps', namespace: 'shop' },
    { verb: 'get', resource: 'deployments.apps', namespace: 'shop' },
    { verb: 'get', resource: 'statefulsets.apps', namespace: 'shop' },
    { verb: 'patch', resource: 'statefulsets.apps', namespace: 'shop' },
    { verb: 'create', resource: 'secrets', namespace: 'bank' },
  ];

  test('give each resource its verbs and no more, in its namespace, to the user', () => {
    const lines = grantCommands(missing, 'system:serviceaccount:shop:ci').split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(
      /^kubectl create role (pullmend-[0-9a-f]{6}) -n shop --verb=get,patch --resource=deployments\.apps,statefulsets\.apps --dry-run=client -o yaml \| kubectl apply -f -$/,
    );
    expect(lines[1]).toMatch(
      /^kubectl create rolebinding (pullmend-[0-9a-f]{6}) -n shop --role=\1 --serviceaccount=shop:ci /,
    );
    expect(lines[2]).toContain('-n bank --verb=create --resource=secrets ');
    expect(lines[0]?.split(' ')[3]).not.toBe(lines[2]?.split(' ')[3]);
  });

  test('for what lies in no namespace', () => {
    const text = grantCommands([{ verb: 'get', resource: 'nodes' }], 'ann');
    expect(text).toMatch(/^kubectl create clusterrole pullmend-\w{6} --verb=get --resource=nodes /);
    expect(text).toMatch(/\nkubectl create clusterrolebinding (pullmend-\w{6}) --clusterrole=\1 --user=ann /);
  });
});
