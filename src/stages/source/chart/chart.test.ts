import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { helmForTests } from '../../../../test/support/helm.ts';
import { isDirect } from '../../../core/model/index.ts';
import { imagesOfChart } from './chart-images.ts';

const binary = helmForTests();
const env = { ...process.env, PULLMEND_HELM: binary };

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-charts-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const files = {
  'Chart.yaml': `apiVersion: v2
name: shop
version: 1.0.0
annotations:
  artifacthub.io/images: |
    - name: web
      image: quay.io/acme/web:1
    - name: extra
      image: quay.io/acme/extra:1
`,
  'values.yaml': 'tag: "1"\nsidecar: false\n',
  'templates/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: {{ .Release.Name }}-web }
spec:
  template:
    spec:
      containers:
        - { name: web, image: "quay.io/acme/web:{{ .Values.tag }}" }
{{- if .Values.sidecar }}
        - { name: log, image: acme/log:2 }
{{- end }}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: web }
data:
  helper.yaml: |
    image: acme/helper:1
`,
  'templates/tests/check.yaml': `apiVersion: v1
kind: Pod
metadata: { name: check, annotations: { helm.sh/hook: test } }
spec: { containers: [{ name: check, image: busybox:1.36 }] }
`,
  'crds/pool.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: pools.acme.io, annotations: { image: acme/not:1 } }
---
apiVersion: acme.io/v1
kind: Pool
metadata: { name: main }
spec: { image: acme/pool:1 }
`,
  'files/job.yaml': `apiVersion: v1
kind: Pod
metadata: { name: later }
spec: { containers: [{ name: c, image: acme/later:1 }] }
`,
} as const;

describe.skipIf(binary === undefined)('with the real helm', () => {
  test('of KubeSphere 4 it is said that extensions come later; of others nothing', async () => {
    const chart = join(folder, 'ks-core');
    await mkdir(join(chart, 'templates'), { recursive: true });
    const named = async (name: string): Promise<unknown> => {
      await writeFile(join(chart, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`);
      return (await imagesOfChart({ chart, env })).notes;
    };
    expect(await named('ks-core')).toEqual([{ kind: 'ks-core', path: chart }]);
    expect(await named('shop')).toEqual([]);
  });

  beforeEach(async () => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, 'shop', name)), { recursive: true });
      await writeFile(join(folder, 'shop', name), text);
    }
    await writeFile(join(folder, 'mine.yaml'), 'tag: "7"\nsidecar: true\n');
  });

  const expected = [
    ['shop/templates/web.yaml', 'container', 'quay.io/acme/web:7'],
    ['shop/templates/web.yaml', 'container', 'acme/log:2'],
    ['shop/templates/web.yaml', 'configMapYaml', 'acme/helper:1'],
    ['shop/templates/tests/check.yaml', 'container', 'busybox:1.36'],
    ['shop/crds/pool.yaml', 'crField', 'acme/pool:1'],
  ];

  test.each(['folder', '.tgz'])(
    'a %s: with the given values, and what is named but not rendered',
    async (form) => {
      const chart = join(folder, form === 'folder' ? 'shop' : 'shop-1.0.0.tgz');
      if (form === '.tgz') {
        execFileSync(binary ?? 'helm', ['package', join(folder, 'shop'), '-d', folder]);
      }
      const { groups } = await imagesOfChart({ chart, env, valuesFiles: [join(folder, 'mine.yaml')] });
      const found = groups.flatMap(({ template, usages }) =>
        usages.map(({ place, image }) => [template, place, image]),
      );
      expect(new Set(found)).toEqual(new Set(expected));
      const where = groups
        .flatMap(({ lookAlikes }) => lookAlikes)
        .filter(({ reason }) => reason === 'not-rendered')
        .map(({ text, position }) => [position?.file.slice(chart.length + 1), position?.line, text]);
      // Helm writes Chart.yaml anew when it packs a chart.
      const lines = form === 'folder' ? [7, 9] : [4, 6];
      const wanted = [
        ['Chart.yaml', lines[0], 'quay.io/acme/web:1'],
        ['Chart.yaml', lines[1], 'quay.io/acme/extra:1'],
        ['files/job.yaml', 4, 'acme/later:1'],
      ];
      expect(new Set(where)).toEqual(new Set(wanted));
    },
  );

  test('what helm refuses is told in its words', async () => {
    await writeFile(join(folder, 'shop/templates/web.yaml'), '{{ fail "give me a tag" }}');
    await expect(imagesOfChart({ chart: join(folder, 'shop'), env, valuesFiles: [] })).rejects.toThrow(
      /give me a tag/,
    );
  });
});

/** Small charts with every image that they render, which are not part of this repository. */
const shapes = fileURLToPath(new URL('../../../../../shared/corpus/chart-shapes/', import.meta.url));

type Expected = {
  readonly images: readonly {
    readonly image: string;
    readonly pulled: 'direct' | 'indirect';
    readonly resource: string;
    readonly path: string;
    readonly template: string;
  }[];
};

describe.skipIf(binary === undefined || !existsSync(shapes))('the corpus of chart shapes', () => {
  test(
    'every image that a kubelet pulls, and nothing else; 85 % of the others',
    { timeout: 120_000 },
    async () => {
      const faults: string[] = [];
      let [wanted, found] = [0, 0];
      for (const slug of readdirSync(shapes).filter((name) => /^\d/.test(name))) {
        const at = join(shapes, slug);
        const base = join(at, 'base-values.yaml');
        const { images } = JSON.parse(readFileSync(join(at, 'expected-images.json'), 'utf8')) as Expected;
        const { groups } = await imagesOfChart({
          chart: join(at, 'chart'),
          env,
          namespace: 'demo',
          kubeVersion: 'v1.33.0',
          valuesFiles: existsSync(base) ? [base] : [],
        });
        const usages = groups.flatMap(({ template, usages: some }) =>
          some.map((it) => ({ ...it, template })),
        );
        const direct = usages
          .filter(({ place }) => isDirect(place))
          .map(({ image, template }) => `${template} ${image}`);
        const pulled = images
          .filter((it) => it.pulled === 'direct')
          .map(({ image, template }) => `${template} ${image}`);
        if (JSON.stringify(direct.toSorted()) !== JSON.stringify(pulled.toSorted())) faults.push(slug);
        const others = new Set(usages.map(({ image }) => image));
        for (const { image, path } of images.filter((it) => it.pulled === 'indirect')) {
          wanted += 1;
          if (others.has(image)) found += 1;
          else faults.push(`missed ${slug} ${path} ${image}`);
        }
      }
      process.stdout.write(`${JSON.stringify({ indirect: { wanted, found } })}\n${faults.join('\n')}\n`);
      expect(faults.filter((it) => !it.startsWith('missed '))).toEqual([]);
      expect(found / wanted).toBeGreaterThanOrEqual(0.85);
    },
  );
});
