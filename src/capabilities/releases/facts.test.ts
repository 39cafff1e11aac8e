import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { helmForTests } from '../../../test/support/helm.ts';
import { openShop, type Shop } from '../../../test/support/repair-shop.ts';
import { storeRevision, type GivenRevision } from '../../../test/support/releases.ts';
import type { World } from '../../access/index.ts';
import { decodeRelease, openHelm, type Helm } from '../../adapters/helm/index.ts';
import type { JsonObject, PatchStep } from '../../core/model/index.ts';
import { draftUpgrade } from './draft.ts';
import type { StuckRelease } from './facts.ts';

const binary = helmForTests();

const template = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - { name: web, image: "{{ .Values.image.registry }}/{{ .Values.image.name }}:1" }
`;
const values = { image: { registry: 'docker.io', name: 'library/none' }, replicas: 1 };

function chartOf(text: string, metadata: JsonObject = {}): JsonObject {
  const data = Buffer.from(text).toString('base64');
  return {
    metadata: { apiVersion: 'v2', name: 'shop', version: '1.0.0', ...metadata },
    values,
    templates: [{ name: 'templates/web.yaml', data }],
  };
}

const manifest = template
  .replace('{{ .Values.replicas }}', '1')
  .replace('{{ .Values.image.registry }}/{{ .Values.image.name }}', 'docker.io/acme/web');

const web = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
const stuck: StuckRelease = {
  ref: { apiVersion: 'helm.sh/v3', kind: 'Release', namespace: 'shop', name: 'shop' },
  patches: [
    {
      object: web,
      expect: [
        {
          place: 'container',
          container: 'web',
          imageBefore: 'docker.io/acme/web:1',
          imageAfter: 'm.example/acme/web:1',
        },
      ],
    } as unknown as PatchStep,
  ],
};

let shop: Shop;
let folder: string;
beforeEach(async () => {
  shop = await openShop();
  folder = await mkdtemp(join(tmpdir(), 'pullmend-releases-'));
});
afterEach(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

/** The real helm renders; what it would ask the API server for comes from its own template command. */
async function helmHere(version = 'v3.20.0'): Promise<Helm> {
  const real = await openHelm({ ...(binary === undefined ? {} : { binary }), env: process.env });
  return {
    ...real,
    version: async () => await Promise.resolve(version),
    upgrade: async (release, chart, { values: given, namespace }) => {
      const text = await real.template(chart, { release, namespace, values: given });
      return await decodeRelease({
        kind: 'ConfigMap',
        data: { release: encoded({ namespace, manifest: text }) },
      });
    },
  };
}

function encoded(release: JsonObject): string {
  return Buffer.from(JSON.stringify(release)).toString('base64');
}

async function draft(
  given: Partial<GivenRevision> = {},
  live: JsonObject = {},
  helm?: Helm,
  releaseChart?: string,
) {
  const release = {
    version: 4,
    manifest,
    values: { image: { name: 'acme/web' } },
    chart: chartOf(template),
    ...given,
  };
  storeRevision(shop.server, release);
  shop.server.put({ ...web, metadata: { name: 'web', namespace: 'shop' }, spec: { replicas: 1 }, ...live });
  const world = { outside: { kube: async () => await Promise.resolve(shop.kube) } } as unknown as World;
  return await draftUpgrade(
    stuck,
    helm ?? (await helmHere()),
    undefined,
    world,
    releaseChart === undefined ? {} : { releaseChart },
  );
}

describe.skipIf(binary === undefined)('a release whose pods miss their image', () => {
  test('is upgraded with the smallest override, of which only the image comes', async () => {
    expect(await draft()).toMatchObject({
      ok: true,
      step: {
        revision: 4,
        chart: { from: 'release' },
        override: { image: { registry: 'm.example' } },
        changes: [{ object: web, before: 'docker.io/acme/web:1', after: 'm.example/acme/web:1' }],
        resources: ['deployments.apps'],
      },
    });
  });

  test('without its sub-charts gets its own objects as a chart', async () => {
    const dependencies = [{ name: 'db', version: '1.0.0', repository: 'https://gone.example' }];
    expect(await draft({ chart: chartOf(template, { dependencies }) })).toMatchObject({
      ok: true,
      step: { chart: { from: 'manifest' }, override: {}, changes: [{ after: 'm.example/acme/web:1' }] },
    });
  });

  test('that waits, and whose objects are all there, is brought to its end after them', async () => {
    const live = {
      spec: {
        replicas: 1,
        template: { spec: { containers: [{ name: 'web', image: 'docker.io/acme/web:1' }] } },
      },
    };
    expect(await draft({ status: 'pending-install' }, live)).toMatchObject({
      ok: true,
      step: { unfinished: 'pending-install', override: { image: { registry: 'm.example' } } },
    });
    // Helm was cut before it had written all.
    const half = { spec: { ...live.spec, replicas: 9 } };
    expect(await draft({ status: 'pending-install' }, half)).toMatchObject({ refusal: { why: 'edited' } });
  });

  const written = template.replace(/"[{][^"]*"/, 'docker.io/acme/web:1');
  const random = template.replace('metadata: {', 'metadata: { annotations: { a: "{{ randAlphaNum 9 }}" },');
  const fields = { 'f:spec': { 'f:replicas': {} } };
  const edited = { manager: 'kubectl-edit', operation: 'Update', fieldsV1: fields };
  test.each<[string, string, Partial<GivenRevision>, JsonObject, string?]>([
    ['no-value', 'the image stands in a template', { chart: chartOf(written) }, {}],
    ['other-changes', 'each render is another one', { chart: chartOf(random) }, {}],
    [
      'edited',
      'a person wrote the live object',
      {},
      {
        metadata: { name: 'web', namespace: 'shop', managedFields: [edited] },
        spec: { replicas: 5 },
      },
    ],
    [
      'unfinished',
      'a hook was to run after what was cut',
      { status: 'pending-install', hooks: [{ path: 'h', manifest: '', events: ['post-install'] }] },
      {},
    ],
    ['unfinished', 'it is being removed', { status: 'uninstalling' }, {}],
    ['older-helm', 'Helm 4 made it', { serverSide: true }, {}],
    ['fails', 'its chart is broken', { chart: chartOf('{{ .Values.nothing.at.all }}') }, {}],
  ])('is left for the object (%s) when %s', async (why, _, given, live) => {
    expect(await draft(given, live)).toMatchObject({ ok: false, refusal: { why } });
  });

  test('whose sub-charts a person has is upgraded from there; another chart is not believed', async () => {
    const dependencies = [{ name: 'db', version: '1.0.0', repository: 'https://gone.example' }];
    const given = { chart: chartOf(template, { dependencies }) };
    const place = join(folder, 'chart');
    const write = async (text: string): Promise<void> => {
      await mkdir(join(place, 'templates'), { recursive: true });
      await writeFile(join(place, 'Chart.yaml'), 'apiVersion: v2\nname: shop\nversion: 1.0.0\n');
      await writeFile(join(place, 'values.yaml'), JSON.stringify(values));
      await writeFile(join(place, 'templates/web.yaml'), text);
    };
    await write(template);
    expect(await draft(given, {}, undefined, place)).toMatchObject({
      ok: true,
      step: { chart: { from: 'reference', chart: place }, override: { image: { registry: 'm.example' } } },
    });
    await write(template.replace('spec:', 'spec:\n  paused: true'));
    expect(await draft(given, {}, undefined, place)).toMatchObject({ step: { chart: { from: 'manifest' } } });
  });

  test('that may be read and not written is left', async () => {
    shop.server.deny({ verb: 'create', resource: 'secrets' });
    expect(await draft()).toMatchObject({ refusal: { why: 'no-right', detail: 'create secrets' } });
  });

  test('that may not be read is left as well', async () => {
    shop.server.deny({ verb: 'list', resource: 'secrets' });
    expect(await draft()).toMatchObject({ ok: false, refusal: { why: 'no-right' } });
  });
});
