import { expect, test } from 'vitest';
import { deployment, imagePath, patchStep } from '../../../test/support/repair-shop.ts';
import type { World } from '../../access/index.ts';
import { PullmendError } from '../../core/base/index.ts';
import type {
  Inventory,
  JsonObject,
  ObjectRef,
  Receipt,
  RepairRecord,
  Reverted,
  Target,
} from '../../core/model/index.ts';
import { revertedSince, revertsIn, type RevertInput } from './reverted.ts';

const ref: ObjectRef = { ...patchStep().object, uid: 'u1' };
const step = patchStep({ object: ref });
const written = '2026-01-10T12:00:00Z';

/** The Deployment with an image that somebody wrote at this time. */
function live(image: string, time = '2026-01-10T12:00:20Z', uid = 'u1'): JsonObject {
  return deployment(image, { uid, managedFields: [{ manager: 'argocd', time }] });
}

type Given = Partial<RepairRecord['status']> & { readonly name?: string; readonly createdAt?: string };

function record({
  state = 'verified',
  receipts,
  name = 'r-1',
  createdAt = written,
}: Given = {}): RepairRecord {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name, createdAt },
    spec: {},
    status: { state, receipts: receipts ?? [receipt()] },
  };
}

function receipt(more: Partial<Receipt> = {}): Receipt {
  return { step, state: 'applied', at: written, ...more };
}

const inventory: Inventory = {
  nodes: 1,
  usages: [],
  failures: [],
  workloads: [],
  files: [],
  platforms: [],
  knownDigests: {},
};

async function reverted(
  object: JsonObject | undefined,
  records: readonly RepairRecord[] = [record()],
  more: Partial<RevertInput> = {},
): Promise<readonly Reverted[]> {
  const find = async () => await Promise.resolve(object);
  return await revertedSince({ records, inventory, now: new Date('2026-01-12T00:00:00Z'), find, ...more });
}

test('an object that somebody wrote over soon after the run is told, with who, when, and which run', async () => {
  expect(await reverted(live('web:1'))).toEqual([
    { object: ref, by: 'argocd', at: '2026-01-10T12:00:20Z', run: 'r-1', expect: step.expect },
  ]);
});

test.each<[string, JsonObject | undefined]>([
  ['holds what the run wrote', live('m/web:1')],
  ['is gone', undefined],
  ['was made since', live('web:1', '2026-01-10T12:00:20Z', 'u2')],
  ['was written by nobody knows whom', deployment('web:1', { uid: 'u1' })],
  ['was last written before the run', live('web:1', '2026-01-10T11:59:58Z')],
  ["got a person's next release", live('web:1', '2026-01-10T12:10:01Z')],
])('one that %s is not', async (_, object) => {
  expect(await reverted(object)).toEqual([]);
});

test.each(['2026-01-10T11:59:59Z', '2026-01-10T12:10:00Z'])('soon reaches to %s', async (time) => {
  expect(await reverted(live('web:1', time))).toHaveLength(1);
});

test.each<[string, RepairRecord]>([
  ['that was taken back', record({ state: 'undone' })],
  ['of more than a week ago', record({ createdAt: '2026-01-05T00:00:00Z' })],
  ['that wrote nothing', record({ receipts: [receipt({ state: 'failed' })] })],
  ['that expects nothing of the object', record({ receipts: [receipt({ step: { ...step, expect: [] } })] })],
  ['that did not know the object', record({ receipts: [receipt({ step: patchStep() })] })],
])('a run %s does not count', async (_, one) => {
  expect(await reverted(live('web:1'), [one])).toEqual([]);
});

test('of several runs the newest counts, whatever their order', async () => {
  const older = record({ name: 'r-0', createdAt: '2026-01-09T00:00:00Z' });
  for (const records of [
    [older, record()],
    [record(), older],
  ])
    expect((await reverted(live('web:1'), records)).map(({ run }) => run)).toEqual(['r-1']);
});

test('only of the namespace that is looked at', async () => {
  expect(await reverted(live('web:1'), [record()], { namespace: 'bank' })).toEqual([]);
  expect(await reverted(live('web:1'), [record()], { namespace: 'shop' })).toHaveLength(1);
});

test('what the inventory knows is not asked for again', async () => {
  const known = {
    ref,
    object: live('web:1'),
    podSpecPath: '',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
  };
  const find = async () => await Promise.reject(new Error('asked again'));
  const more = { inventory: { ...inventory, workloads: [known] }, find };
  const [one] = await reverted(undefined, [record()], more);
  expect(one?.by).toBe('argocd');
});

test('every object of a run is looked at', async () => {
  const two = { ...ref, name: 'two', uid: 'u2' };
  const receipts = [receipt(), receipt({ step: { ...step, id: 's2', object: two } })];
  const asked: string[] = [];
  const find = async ({ name }: ObjectRef) => {
    asked.push(name);
    return await Promise.resolve(undefined);
  };
  await reverted(undefined, [record({ receipts })], { find });
  expect(asked).toEqual(['web', 'two']);
});

test('the field that was written over stands for the object', async () => {
  const changes = [...step.changes, { path: '/spec/replicas', before: 1, after: 2 }];
  const wrote = { ...step, changes };
  const found = await reverted(live('m/web:1'), [record({ receipts: [receipt({ step: wrote })] })]);
  expect(found).toHaveLength(1);
  expect(wrote.changes[0]?.path).toBe(imagePath);
});

/** What earlier runs tell of a target, and which records were read for it. */
async function told(target: Target, list: () => Promise<readonly RepairRecord[]>) {
  const read: string[] = [];
  const reading = (what: string) => async () => {
    read.push(what);
    return await Promise.resolve({ list });
  };
  const kube = { namespace: 'shop', find: async () => await Promise.resolve(live('web:1')) };
  const outside = {
    kube: async () => await Promise.resolve(kube),
    clusterRecords: reading('all'),
    recordsIn: async (namespace: string) => await reading(namespace)(),
  };
  const now = new Date('2026-01-12T00:00:00Z');
  const found = await revertsIn(target, inventory, now, { outside } as unknown as World);
  return { by: found.map(({ by }) => by), read };
}

const oneRecord = async () => await Promise.resolve([record()]);
const all: Target = { type: 'cluster', allNamespaces: true, names: [] };

test.each<[string, Target, readonly string[], readonly string[]]>([
  ['the namespace of the context', { ...all, allNamespaces: false }, ['argocd'], ['shop']],
  ['a named one', { ...all, allNamespaces: false, namespace: 'shop' }, ['argocd'], ['shop']],
  ['all', all, ['argocd'], ['all']],
  ['files, which no cluster writes over', { type: 'files', paths: ['a.yaml'] }, [], []],
])('records are those of %s', async (_, target, by, read) => {
  expect(await told(target, oneRecord)).toEqual({ by, read });
});

test('records that may not be read tell nothing; that they cannot be is an error', async () => {
  const fails = (error: PullmendError) => async () => await Promise.reject(error);
  const forbidden = new PullmendError('PM_FORBIDDEN', { verb: 'list', resource: 'configmaps' });
  const internal = new PullmendError('PM_INTERNAL', { message: 'no' });
  expect((await told(all, fails(forbidden))).by).toEqual([]);
  await expect(told(all, fails(internal))).rejects.toMatchObject({ code: 'PM_INTERNAL' });
});
