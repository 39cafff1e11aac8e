import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refusal, startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import { asObject } from '../../core/knowledge/pods/index.ts';
import type {
  JsonObject,
  Receipt,
  RecordStore,
  RepairRecord,
  UnreadableRecord,
} from '../../core/model/index.ts';
import { connectKube, kubeRecordStore, type Kube } from './index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;
let records: RecordStore;
let unreadable: UnreadableRecord[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-records-'));
  api = await startApiServer();
  kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, api), env: {} });
  unreadable = [];
  records = openStore();
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true });
});

function openStore(): RecordStore {
  const list = (labelSelector: string) => kube.list('ConfigMap', { labelSelector });
  return kubeRecordStore(kube, list, (each) => void unreadable.push(each));
}

function receipt(id: string, namespace: string, more: Partial<Receipt['step']> = {}): Receipt {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'web' };
  const step = {
    id,
    kind: 'replace-pods',
    object,
    needs: [],
    expect: [],
    pods: [],
    ...more,
  } as Receipt['step'];
  return { step, state: 'intended', at: '2026-01-01T00:00:00Z' };
}

function record(name = 'r-1', receipts = [receipt('s1', 'shop'), receipt('s2', 'bank')]): RepairRecord {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairRecord',
    metadata: { name, createdAt: '2026-01-01T00:00:00Z' },
    spec: { user: 'ann', host: 'laptop' },
    status: { state: 'running', receipts },
  };
}

/** Changes the data of a stored part, as somebody with other things in mind would. */
function forge(namespace: string, data: JsonObject, metadata: JsonObject = {}, name = 'pullmend-r-1'): void {
  const map = api.get('ConfigMap', namespace, name) ?? api.all('ConfigMap')[0];
  const kept = asObject(asObject(map).metadata);
  api.put({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { labels: kept.labels, ...metadata, name, namespace },
    data: { ...asObject(asObject(map).data), ...data },
  });
}

describe('a record', () => {
  test('lies beside what it describes, and comes back whole', async () => {
    await records.create(record());
    expect(api.all('ConfigMap').map(({ metadata }) => asObject(metadata).namespace)).toEqual([
      'bank',
      'shop',
    ]);
    expect(await openStore().load('r-1')).toEqual(record());
    expect(await openStore().list()).toEqual([record()]);
  });

  test('is written receipt by receipt, without being looked for', async () => {
    await records.create(record());
    const sent = api.requests.length;
    await records.setReceipt('r-1', { ...receipt('s2', 'bank'), state: 'applied', uid: 'u' });
    expect(api.requests.slice(sent).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PATCH /api/v1/namespaces/bank/configmaps/pullmend-r-1',
    ]);
    await records.setState('r-1', 'verified');
    expect((await openStore().load('r-1'))?.status).toMatchObject({
      state: 'verified',
      receipts: [{ state: 'intended' }, { state: 'applied', uid: 'u' }],
    });
    await openStore().setReceipt('r-1', { ...receipt('s1', 'shop'), state: 'undone' });
    expect((await records.load('r-1'))?.status.receipts[0]?.state).toBe('undone');
  });

  test('a receipt whose answer is lost is written all the same', async () => {
    await records.create(record());
    api.script({ method: 'PATCH', reply: 'lost' }, { method: 'PATCH', reply: 'reset' });
    await records.setReceipt('r-1', { ...receipt('s1', 'shop'), state: 'applied' });
    expect((await records.load('r-1'))?.status.receipts[0]?.state).toBe('applied');
  });

  test('that cannot be written in one of its namespaces leaves none behind', async () => {
    api.deny({ verb: 'create', resource: 'configmaps', namespace: 'bank' });
    await expect(records.create(record())).rejects.toMatchObject({ code: 'PM_FORBIDDEN' });
    expect(api.all('ConfigMap')).toEqual([]);
    api.script({
      method: 'POST',
      path: /bank/,
      reply: refusal(403, 'configmaps is forbidden: exceeded the limit of somebody'),
    });
    await expect(openStore().create(record('r-2'))).rejects.toThrow();
    expect(api.all('ConfigMap')).toEqual([]);
  });

  test('does not take the name of another run', async () => {
    await records.create(record());
    const before = api.all('ConfigMap');
    await expect(openStore().create(record())).rejects.toMatchObject({ code: 'PM_CONFLICT' });
    expect(api.all('ConfigMap')).toEqual(before);
    api.remove('ConfigMap', 'shop', 'pullmend-r-1');
    await expect(openStore().create(record())).rejects.toMatchObject({ code: 'PM_CONFLICT' });
    expect(api.all('ConfigMap')).toEqual(before.slice(0, 1));
  });

  test('whose answer was lost while it was written is there once', async () => {
    api.script({ method: 'POST', path: /bank/, reply: 'lost' });
    await records.create(record());
    expect(await records.load('r-1')).toEqual(record());
  });

  test('of many steps is cut into parts by bytes, and removed with all of them', async () => {
    const long = '镜'.repeat(100_000);
    const receipts = Array.from({ length: 6 }, (_, index) => ({
      ...receipt(`s${index + 1}`, 'shop'),
      note: long,
    }));
    await records.create(record('r-1', receipts));
    expect(api.all('ConfigMap').map(({ metadata }) => asObject(metadata).name)).toEqual([
      'pullmend-r-1',
      'pullmend-r-1-2',
      'pullmend-r-1-3',
    ]);
    expect((await openStore().load('r-1'))?.status.receipts).toHaveLength(6);
    await records.remove('r-1');
    expect(api.all('ConfigMap')).toEqual([]);
    await records.remove('r-1');
  });

  test('a name that is none is not looked for', async () => {
    const sent = api.requests.length;
    expect(await records.load('a,pullmend.dev/record')).toBeUndefined();
    expect(await records.load('')).toBeUndefined();
    expect(api.requests).toHaveLength(sent);
  });
});

describe('what somebody else put there is told and left out', () => {
  test.for<readonly [string, JsonObject, string]>([
    ['a header that is no JSON', { header: '{' }, 'no-record'],
    ['a header of another kind', { header: '{"kind":"Plan"}' }, 'no-record'],
    ['a state that is none', { state: 'finished' }, 'no-record'],
    [
      'the header of another run',
      { header: JSON.stringify({ ...record('r-9'), status: undefined }) },
      'other-run',
    ],
    ['a receipt that is cut short', { 'receipt.s1': '{"step":' }, 'no-receipt'],
    [
      'a receipt under the key of another',
      { 'receipt.s1': JSON.stringify(receipt('s7', 'shop')) },
      'no-receipt',
    ],
    [
      'a receipt of another namespace',
      { 'receipt.s1': JSON.stringify(receipt('s1', 'kube-system')) },
      'other-namespace',
    ],
    [
      'a file of the machine that undoes',
      {
        'receipt.s1': JSON.stringify(
          receipt('s1', 'shop', {
            kind: 'edit-file',
            file: '/etc/passwd',
            sha256: '0'.repeat(64),
            edits: [],
          } as never),
        ),
      },
      'no-receipt',
    ],
  ])('%s', async ([, data, reason]) => {
    await records.create(record());
    forge('shop', data);
    const read = await openStore().list();
    expect(unreadable).toMatchObject([{ where: 'ConfigMap/shop/pullmend-r-1', reason }]);
    expect(read.map(({ status }) => status.receipts.map(({ step }) => step.id))).toEqual([['s2']]);
  });

  test('a later part that says other things of the run, or the same step again', async () => {
    await records.create(record());
    const header = JSON.stringify({ ...record(), spec: { user: 'eve' }, status: undefined });
    forge('evil', { header }, { creationTimestamp: '2099-01-01T00:00:00Z' });
    forge(
      'more',
      { 'receipt.s1': JSON.stringify(receipt('s1', 'more')) },
      { creationTimestamp: '2099-01-01T00:00:00Z' },
    );
    const [read] = await openStore().list();
    expect(read).toEqual(record());
    expect(unreadable.map(({ where, reason }) => `${where} ${reason}`)).toEqual(
      expect.arrayContaining([
        'ConfigMap/evil/pullmend-r-1 other-header',
        'ConfigMap/more/pullmend-r-1 twice',
      ]),
    );
  });

  test('a part without anything hides nothing else', async () => {
    await records.create(record());
    api.put({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'x', name: 'y', labels: { 'pullmend.dev/record': 'true' } },
    });
    expect(await openStore().list()).toEqual([record()]);
    expect(unreadable).toEqual([{ where: 'ConfigMap/x/y', reason: 'no-record' }]);
  });
});
