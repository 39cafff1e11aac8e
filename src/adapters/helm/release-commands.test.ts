import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../core/model/index.ts';
import { decodeRelease, flatChart, isWhole, openHelm, rebuildChart, withStatus } from './index.ts';

let folder: string;
let binary: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-release-'));
  binary = join(folder, 'helm');
  // What it was told, and what it was given on its standard input and in its environment.
  await writeFile(
    binary,
    `#!/bin/sh
{ echo "$@"; echo "driver $HELM_DRIVER context $HELM_KUBECONTEXT"; [ "$1" = upgrade ] && cat; } >> ${folder}/told
case "$1" in
  search) echo '[{"name":"repo/web","version":"1.0.0"},{"name":"repo/web-ui","version":"1.0.0"},{"name":"b/web","version":"1.0.1"}]';;
  *) echo 'WARNING: old'; echo '{"name":"shop","version":2,"info":{"status":"deployed"}}';;
esac
`,
  );
  await chmod(binary, 0o755);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function told(): Promise<string> {
  const text = await readFile(join(folder, 'told'), 'utf8');
  await rm(join(folder, 'told'));
  return text;
}

const open = async () =>
  await openHelm({
    binary,
    env: { PATH: process.env['PATH'], HELM_KUBECONTEXT: 'another' },
    cluster: { kubeconfig: '/k', context: 'lab', as: 'jane', asGroups: ['a', 'b'] },
  });
const where = { namespace: 'shop', driver: 'configmap' } as const;
const inCluster =
  '--kubeconfig /k --kube-context lab --kube-as-user jane --kube-as-group a --kube-as-group b';

describe.skipIf(process.platform === 'win32')('helm is told', () => {
  test('the cluster and the user of the command, the values through a pipe, and to run no hook', async () => {
    const helm = await open();
    const how = { ...where, values: { password: 'x' }, description: 'pullmend r-1' };
    expect(await helm.upgrade('shop', './chart', { ...how, dryRun: false })).toMatchObject({
      version: 2,
      status: 'deployed',
    });
    expect(await told()).toBe(
      `upgrade shop ./chart -n shop --reset-values --values - --no-hooks --history-max 0 --description pullmend r-1 -o json ${inCluster}\ndriver configmap context \n{"password":"x"}`,
    );
    await helm.upgrade('shop', './chart', { ...how, dryRun: true });
    expect(await told()).toContain('--dry-run=server');
  });

  test('to make an earlier revision the newest', async () => {
    await (await open()).rollback('shop', 3, where);
    expect(await told()).toContain(`rollback shop 3 -n shop --no-hooks --history-max 0 ${inCluster}\n`);
  });

  test('to look for the very chart', async () => {
    expect(await (await open()).searchRepositories('web', '1.0.0')).toEqual(['repo/web']);
    await told();
  });
});

const encode = (text: string): string => Buffer.from(text).toString('base64');
const chart = {
  metadata: { name: 'shop', version: '1.0.0' },
  templates: [{ name: 'templates/a.yaml', data: encode('a: {{ .Values.b }}') }],
  files: [{ name: 'files/logo.png', data: Buffer.from([0xff, 0xd8, 0]).toString('base64') }],
  values: { b: 1 },
  schema: encode('{}'),
};

function release(more: JsonObject = {}) {
  const text = `{"name":"shop","info":{"description":"a \\"status\\":\\"x\\"","status":"pending-install"},"version":7,"config":{"n":1},"chart":${JSON.stringify({ ...chart, ...more })}}`;
  return { kind: 'ConfigMap', metadata: { name: 'r' }, data: { release: encode(text) } };
}

describe('the chart of a release', () => {
  test('is built again, byte for byte', async () => {
    const stored = await decodeRelease(release());
    expect(isWhole(stored.chart)).toBe(true);
    const { path, close } = await rebuildChart(stored);
    expect(await readFile(join(path, 'templates/a.yaml'), 'utf8')).toBe('a: {{ .Values.b }}');
    expect([...(await readFile(join(path, 'files/logo.png')))]).toEqual([0xff, 0xd8, 0]);
    expect(await readFile(join(path, 'values.schema.json'), 'utf8')).toBe('{}');
    await close();
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  test('is not whole where it names sub-charts; its objects are a chart, too', async () => {
    const metadata = { ...chart.metadata, dependencies: [{ name: 'db' }] };
    const stored = await decodeRelease(release({ metadata }));
    expect(isWhole(stored.chart)).toBe(false);
    const { path, close } = await flatChart(stored, [{ kind: 'ConfigMap', data: { a: '{{ .x }}' } }]);
    expect(await readFile(join(path, 'objects.yaml'), 'utf8')).toContain('{{ .x }}');
    expect(await readFile(join(path, 'Chart.yaml'), 'utf8')).not.toContain('dependencies');
    await close();
  });

  test.each(['../evil', '/etc/evil', 'a/../../evil', 'a\\b'])('with a file %s is refused', async (name) => {
    const stored = await decodeRelease(release({ files: [{ name, data: '' }] }));
    await expect(rebuildChart(stored)).rejects.toMatchObject({ code: 'PM_CHART_UNREADABLE' });
  });
});

describe('the status of a revision', () => {
  test('changes, and not a byte of the rest', async () => {
    const text = `{"name":"shop","info":{"description":"a \\"status\\":\\"x\\"","status":"pending-install"},"version":7,"config":{"n":12345678901234567890}}`;
    const holder = {
      kind: 'ConfigMap',
      metadata: { name: 'r' },
      data: { release: gzipSync(text).toString('base64') },
    };
    const written = gunzipSync(Buffer.from(await withStatus(holder, 'failed'), 'base64')).toString();
    expect(written).toBe(text.replace('pending-install', 'failed'));
  });

  test('that is not where Helm writes it stays', async () => {
    const text = '{"version":7,"info":{"status":"pending-install"},"name":"shop"}';
    const holder = {
      kind: 'ConfigMap',
      metadata: { name: 'r' },
      data: { release: gzipSync(text).toString('base64') },
    };
    await expect(withStatus(holder, 'failed')).rejects.toMatchObject({ code: 'PM_RELEASE_BROKEN' });
  });
});
