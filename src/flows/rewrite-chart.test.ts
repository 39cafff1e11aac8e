import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startFaultyRegistry, type FaultyRegistry } from '../../test/support/faulty.ts';
import { helmForTests } from '../../test/support/helm.ts';
import { makeImage, pushToStore } from '../../test/support/images.ts';
import { pod, writeChart } from '../../test/support/small-chart.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';

const helm = helmForTests();
/** Where nothing listens. */
const origin = '127.0.0.9:9';

let folder: string;
let registry: FaultyRegistry;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-rewrite-chart-'));
  registry = await startFaultyRegistry();
  const config = join(folder, 'config.yaml');
  await writeFile(
    config,
    `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors:
  - { name: m, scheme: template, template: "${registry.authority}/m/{last}", plainHttp: true }
`,
  );
  mender = await createMender({
    config,
    env: { ...process.env, PULLMEND_HELM: helm, XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
  });
});

afterEach(async () => {
  await mender.close();
  await registry.close();
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(helm === undefined)('rewrite --chart, with the mirrors asked', () => {
  test('moves what the mirror has, and tells what it has not', async () => {
    await pushToStore(registry.store, 'm/app', '1', await makeImage({ seed: 'chart' }));
    const chart = writeChart(join(folder, 'chart'), {
      'values.yaml': `app: { repository: ${origin}/acme/app, tag: "1" }\ngone: ${origin}/acme/gone:1\n`,
      'templates/pod.yaml': pod(
        'p',
        '"{{ .Values.app.repository }}:{{ .Values.app.tag }}"',
        '{{ .Values.gone }}',
      ),
    });
    const asked = { chart, kubeVersion: 'v1.33.0', probe: true, allowUnverified: false };
    const { values, moved, unmoved, unserved } = await mender.rewriteChart(asked);
    expect(values).toEqual({ app: { repository: `${registry.authority}/m/app` } });
    expect(moved).toMatchObject([
      { usage: { image: `${origin}/acme/app:1` }, to: `${registry.authority}/m/app:1` },
    ]);
    expect(unmoved).toEqual([]);
    expect(unserved).toEqual([`${origin}/acme/gone:1`]);
    // By its name alone the mirror is believed to have both.
    const believed = await mender.rewriteChart({ ...asked, probe: false });
    expect(believed.values).toEqual({
      app: { repository: `${registry.authority}/m/app` },
      gone: `${registry.authority}/m/gone:1`,
    });
  });
});

describe.skipIf(helm === undefined)('rewrite --chart by the naming scheme alone', () => {
  async function moved(chart: string): Promise<readonly (readonly [string, string])[]> {
    const config = join(folder, 'proxy.yaml');
    await writeFile(
      config,
      `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors: [{ name: proxy, scheme: harbor-proxy, at: harbor.example/proxy, match: ["**"] }]
`,
    );
    const proxied = await createMender({
      config,
      env: { ...process.env, PULLMEND_HELM: helm, XDG_STATE_HOME: join(folder, 'state') },
      home: folder,
      onEvent: () => {},
      signal: new AbortController().signal,
    });
    try {
      const result = await proxied.rewriteChart({ chart, probe: false, allowUnverified: false });
      expect(result.values).toEqual({ global: { imageRegistry: 'harbor.example/proxy' } });
      expect(result.unmoved).toEqual([]);
      return result.moved.map(({ usage, to }) => [usage.image, to]);
    } finally {
      await proxied.close();
    }
  }

  test('names without library/ where a template can write no others', async () => {
    const chart = writeChart(join(folder, 'chart'), {
      'values.yaml': 'global: { imageRegistry: }\n',
      'templates/pod.yaml': pod(
        'p',
        '{{ default "docker.io" .Values.global.imageRegistry }}/busybox:1.35',
        '{{ default "docker.io" .Values.global.imageRegistry }}/acme/app:1',
      ),
    });
    expect(await moved(chart)).toEqual([
      ['docker.io/busybox:1.35', 'harbor.example/proxy/busybox:1.35'],
      ['docker.io/acme/app:1', 'harbor.example/proxy/acme/app:1'],
    ]);
  });

  test('names whose registry nobody has set', async () => {
    const chart = writeChart(join(folder, 'chart'), {
      'values.yaml': 'global: {}\n',
      'templates/pod.yaml': pod(
        'p',
        '{{ printf "%s/acme/app:1" .Values.global.imageRegistry | quote }}',
        '{{ .Values.global.imageRegistry }}/acme/web:2',
      ),
    });
    expect(await moved(chart)).toEqual([
      ['%!s(<nil>)/acme/app:1', 'harbor.example/proxy/acme/app:1'],
      ['/acme/web:2', 'harbor.example/proxy/acme/web:2'],
    ]);
  });
});
