import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { packTar } from 'modern-tar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { helmForTests } from '../../../test/support/helm.ts';
import { helmFailure } from './failure.ts';
import { localChart, openChart, openHelm } from './index.ts';

const binary = helmForTests();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-helm-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const files = {
  'app/Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: ">=1.22.0-0"\n',
  'app/values.yaml': 'name: one\n',
  'app/templates/cm.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Values.name }}", namespace: "{{ .Release.Namespace }}" }\n',
};

async function archive(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Uint8Array> {
  const tar = await packTar(
    Object.entries(entries).map(([name, body]) => ({
      header: { name, size: Buffer.byteLength(body) },
      body,
    })),
  );
  return await buffer(Readable.from([tar]).pipe(createGzip()));
}

test('a packed chart and its packed sub-charts are unpacked', async () => {
  const sub = await archive({ 'db/Chart.yaml': 'name: db\n' });
  const path = join(folder, 'app-1.0.0.tgz');
  await writeFile(path, await archive({ ...files, 'app/charts/db-1.0.0.tgz': sub }));
  const chart = await openChart(path);
  const texts = await chart.texts();
  await chart.close();
  expect([...texts.keys()].toSorted()).toEqual([
    'Chart.yaml',
    'charts/db-1.0.0/Chart.yaml',
    'templates/cm.yaml',
    'values.yaml',
  ]);
});

test('what is no chart is said to be none', async () => {
  await mkdir(join(folder, 'empty'));
  await expect(openChart(join(folder, 'empty'))).rejects.toMatchObject({ code: 'PM_CHART_UNREADABLE' });
  await writeFile(join(folder, 'x.tgz'), 'no archive');
  await expect(openChart(join(folder, 'x.tgz'))).rejects.toMatchObject({ code: 'PM_CHART_UNREADABLE' });
});

test('without helm', async () => {
  await expect(openHelm({ env: { PATH: folder } })).rejects.toMatchObject({ code: 'PM_HELM_MISSING' });
});

test('an error says the innermost place in the chart', () => {
  const text =
    'WARNING: Kubernetes configuration file is group-readable.\nError: template: app/templates/a.yaml:3:4: executing "x" at <include "y" .>: error calling include: template: app/templates/_y.tpl:7:2: nil pointer\n\nUse --debug flag to render out invalid YAML\n';
  const error = helmFailure('template', text);
  expect(error.where).toBe('app/templates/_y.tpl:7:2');
  expect(error.message).toMatch(/^helm template failed: template: app/);
});

describe.skipIf(binary === undefined)('with helm', () => {
  test('values win over files, and the chart may want a newer cluster than helm stands for', async () => {
    const path = join(folder, 'app.tgz');
    await writeFile(path, await archive(files));
    const helm = await openHelm({ binary, env: process.env });
    expect(await helm.version()).toMatch(/^v[34]\./);
    await writeFile(join(folder, 'v.yaml'), 'name: two\n');
    const options = { namespace: 'shop', valuesFiles: [join(folder, 'v.yaml')] };
    expect(await helm.template(path, options)).toContain('name: "two", namespace: "shop"');
    expect(await helm.template(path, { ...options, values: { name: 'three' } })).toContain('name: "three"');
    expect(await helm.showValues(path)).toContain('name: one');
  });
});

describe.skipIf(binary === undefined)('a schema that refers to another one', () => {
  test('that cannot be fetched is told by its address; without the check the chart renders', async () => {
    const chart = join(folder, 'remote-schema');
    await mkdir(join(chart, 'templates'), { recursive: true });
    await writeFile(join(chart, 'Chart.yaml'), files['app/Chart.yaml']);
    await writeFile(join(chart, 'templates/cm.yaml'), files['app/templates/cm.yaml']);
    await writeFile(
      join(chart, 'values.schema.json'),
      JSON.stringify({ properties: { name: { $ref: 'http://127.0.0.1:1/defs.json#/name' } } }),
    );
    const helm = await openHelm({ binary, env: process.env });
    const options = { set: ['name=two'], kubeVersion: 'v1.33.0' };
    await expect(helm.template(chart, options)).rejects.toMatchObject({
      code: 'PM_CHART_SCHEMA',
      params: { url: 'http://127.0.0.1:1/defs.json' },
    });
    expect(await helm.template(chart, { ...options, skipSchemaValidation: true })).toContain('name: "two"');
  });
});

test('words of older helms about schemas that cannot be fetched', () => {
  // helm 3.17 and older, pkg/chartutil/jsonschema.go with xeipuuv/gojsonschema
  const old = `Error: values don't meet the specifications of the schema(s) in the following chart(s):
demo:
Get "https://schemas.example/defs.json": dial tcp: lookup schemas.example: no such host
`;
  expect(helmFailure('template', old)).toMatchObject({
    code: 'PM_CHART_SCHEMA',
    params: { url: 'https://schemas.example/defs.json' },
  });
  const refused = `Error: values don't meet the specifications of the schema(s) in the following chart(s):
demo:
- at '/link': 'https://a.example' does not match pattern
`;
  expect(helmFailure('template', refused)).toMatchObject({ code: 'PM_HELM_FAILED' });
});

describe.skipIf(binary === undefined)('a chart of a repository', () => {
  test('is pulled for the time of the work; what lies here is taken as it is', async () => {
    const packed = await archive(files);
    const index = (base: string): string => `apiVersion: v1
entries:
  app:
    - { apiVersion: v2, name: app, version: 1.0.0, urls: ["${base}/app-1.0.0.tgz"] }
`;
    const server = createServer(({ url = '', headers }, reply) =>
      reply.end(url.endsWith('.tgz') ? packed : index(`http://${headers.host}`)),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const env = { ...process.env, HELM_CACHE_HOME: join(folder, 'cache') };
      const helm = await openHelm({ binary, env });
      const repository = `http://127.0.0.1:${port}`;
      const pulled = await localChart(helm, { chart: 'app', repository, version: '1.0.0' });
      expect(await helm.template(pulled.path, { kubeVersion: 'v1.33.0' })).toContain('name: "one"');
      await pulled.close();
      expect(existsSync(pulled.path)).toBe(false);
      await expect(localChart(helm, { chart: 'app', repository, version: '2' })).rejects.toMatchObject({
        code: 'PM_HELM_FAILED',
      });
      const here = await localChart(helm, { chart: folder });
      await here.close();
      expect([here.path, existsSync(folder)]).toEqual([folder, true]);
    } finally {
      server.close();
    }
  });
});
