import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { helmForTests } from '../../../test/support/helm.ts';
import { openHelm } from '../../adapters/helm/index.ts';
import { findOverride, withChart, type ChartOverride } from './override.ts';
import { vendorChart } from './vendor.ts';
import {
  chartFile,
  hostDropped,
  hostKept,
  pod,
  writeChart,
  type ChartFiles,
} from '../../../test/support/small-chart.ts';

const binary = helmForTests();
const root = mkdtempSync(join(tmpdir(), 'pullmend-charts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let count = 0;

function chartOf(files: ChartFiles): string {
  count += 1;
  return writeChart(join(root, `chart-${count}`), files);
}

type Naming = (image: string) => string | undefined;

/** What it shows, the chart, the override, and how images are named. */
type Shape = readonly [string, ChartFiles, unknown, Naming?];

async function overrideFor(chart: string, naming: Naming = hostDropped): Promise<ChartOverride> {
  const helm = await openHelm({ binary, env: process.env });
  return await findOverride({ chart, kubeVersion: 'v1.33.0' }, async () => naming, helm);
}

describe.skipIf(binary === undefined)('the smallest values that move every image', () => {
  const shapes: readonly Shape[] = [
    [
      'one registry of all',
      {
        'values.yaml':
          'global: { imageRegistry: "" }\na: { repository: acme/a }\nb: { repository: acme/b }\n',
        'templates/pod.yaml': pod(
          'p',
          '"{{ .Values.global.imageRegistry | default "quay.io" }}/{{ .Values.a.repository }}:1"',
          '"{{ .Values.global.imageRegistry | default "ghcr.io" }}/{{ .Values.b.repository }}:1"',
        ),
      },
      { global: { imageRegistry: 'm.example/p' } },
    ],
    [
      'a name that begins like another one',
      {
        'values.yaml':
          'proxy: { name: cr.acme.io/proxy }\ninit: { name: cr.acme.io/proxy-init, version: v2 }\n',
        'templates/pod.yaml': pod(
          'p',
          '{{ .Values.proxy.name }}',
          '"{{ .Values.init.name }}:{{ .Values.init.version }}"',
        ),
      },
      { proxy: { name: 'm.example/p/proxy' }, init: { name: 'm.example/p/proxy-init' } },
    ],
    [
      'not one registry where the mirror keeps hosts apart',
      {
        'values.yaml': 'registry: ""\na: { registry: quay.io }\nb: { registry: ghcr.io }\n',
        'templates/pod.yaml': pod(
          'p',
          '"{{ .Values.registry | default .Values.a.registry }}/acme/a:1"',
          '"{{ .Values.registry | default .Values.b.registry }}/acme/b:1"',
        ),
      },
      { a: { registry: 'm.example/quay.io' }, b: { registry: 'm.example/ghcr.io' } },
      hostKept,
    ],
    [
      'a guard that must be told',
      {
        'values.yaml': 'image: { registry: docker.io, repository: acme/app }\n',
        'templates/pod.yaml': `{{- if and (ne .Values.image.registry "docker.io") (not ((.Values.global).security).allowForeign) }}
{{- fail "unknown images, see global.security.allowForeign" }}
{{- end }}
${pod('p', '"{{ .Values.image.registry }}/{{ .Values.image.repository }}:1"')}`,
      },
      { image: { registry: 'm.example/p' }, global: { security: { allowForeign: true } } },
    ],
    [
      'a value that values.yaml does not have',
      {
        'values.yaml': '{}\n',
        'templates/pod.yaml': pod(
          'p',
          '{{ (.Values.wait | default dict).image | default "quay.io/acme/wait:1" }}',
        ),
      },
      { wait: { image: 'm.example/p/acme/wait:1' } },
    ],
    [
      'a list, repeated as a whole',
      {
        'values.yaml':
          'workers:\n  - { name: a, image: quay.io/acme/a, tag: 1 }\n  - { name: b, image: acme/b, tag: 2 }\n',
        'templates/pod.yaml': `{{ range .Values.workers }}---\n${pod('{{ .name }}', '"{{ .image }}:{{ .tag }}"')}{{ end }}`,
      },
      {
        workers: [
          { name: 'a', image: 'm.example/p/acme/a', tag: 1 },
          { name: 'b', image: 'm.example/p/acme/b', tag: 2 },
        ],
      },
    ],
    [
      'a sub-chart under its alias, with a schema that forbids other keys',
      {
        'Chart.yaml': chartFile('demo', 'dependencies:\n  - { name: db, version: 1.0.0, alias: store }\n'),
        'values.yaml': 'image: acme/app\n',
        'values.schema.json': JSON.stringify({
          type: 'object',
          additionalProperties: false,
          properties: { image: { type: 'string' }, store: { type: 'object' }, global: {} },
        }),
        'templates/pod.yaml': pod('app', '{{ .Values.image }}:{{ .Chart.AppVersion }}'),
        'charts/db/Chart.yaml': chartFile('db'),
        'charts/db/values.yaml': 'image: { registry: quay.io, repository: acme/db, tag: "16" }\n',
        'charts/db/templates/pod.yaml': pod(
          'db',
          '"{{ .Values.image.registry }}/{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
        ),
      },
      { image: 'm.example/p/acme/app', store: { image: { registry: 'm.example/p' } } },
    ],
    [
      'a switch and a value that do nothing alone',
      {
        'values.yaml': 'private: { enabled: false, registry: "" }\n',
        'templates/pod.yaml': pod(
          'p',
          '"{{ if .Values.private.enabled }}{{ .Values.private.registry }}/{{ end }}acme/a:1"',
          '"{{ if .Values.private.enabled }}{{ .Values.private.registry }}/{{ end }}acme/b:1"',
        ),
      },
      { private: { enabled: true, registry: 'm.example/p' } },
    ],
    [
      'names and certificates that are new at every render',
      {
        'values.yaml': 'image: quay.io/acme/a:1\n',
        'templates/pod.yaml': pod('p-{{ randAlphaNum 5 | lower }}', '{{ .Values.image }}'),
        'templates/ca.yaml':
          'apiVersion: v1\nkind: Secret\nmetadata: { name: ca }\ndata: { k: {{ (genCA "x" 1).Key | b64enc }} }\n',
      },
      { image: 'm.example/p/acme/a:1' },
    ],
    [
      'base64 in a Secret, and JSON in a ConfigMap',
      {
        'values.yaml': 'build: gcr.io/acme/build:1\nrun: { image: acme/run, tag: "3" }\n',
        'templates/all.yaml': `apiVersion: v1
kind: Secret
metadata: { name: s }
data: { conf: {{ printf "image: %s" .Values.build | b64enc }} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data: { conf.json: {{ dict "image" (printf "%s:%s" .Values.run.image .Values.run.tag) | toJson | quote }} }
`,
      },
      { build: 'm.example/p/acme/build:1', run: { image: 'm.example/p/acme/run' } },
    ],
  ];
  const cases = shapes.map(([what, files, expected, naming]) => ({ what, files, expected, naming }));
  test.each(cases)('$what', async ({ files, expected, naming }) => {
    const { values, unmoved } = await overrideFor(chartOf(files), naming);
    expect(values).toEqual(expected);
    expect(unmoved).toEqual([]);
  });

  test('a name that the schema of the chart refuses is told with its words', async () => {
    const schema = (pattern: string): string =>
      JSON.stringify({ type: 'object', properties: { image: { type: 'string', pattern } } });
    const files = {
      'values.yaml': 'image: quay.io/acme/a:1\n',
      'templates/pod.yaml': pod('p', '{{ .Values.image }}'),
    };
    const refusing = await overrideFor(chartOf({ ...files, 'values.schema.json': schema('^quay[.]io/') }));
    expect(refusing.values).toEqual({});
    expect(refusing.unmoved).toMatchObject([{ reason: 'refused', paths: ['image'] }]);
    expect(refusing.unmoved[0]?.said).toMatch(/image.*does not match pattern/);
    // One that only refuses what is no name at all refuses trial marks, not the new name.
    const strict = await overrideFor(chartOf({ ...files, 'values.schema.json': schema('^[a-z0-9./:-]+$') }));
    expect(strict.unmoved).toEqual([]);
    expect(strict.values).toEqual({ image: 'm.example/p/acme/a:1' });
  });

  test('what the user sets on the command line wins over the override, and is told', async () => {
    const chart = chartOf({
      'values.yaml': 'image: { repository: quay.io/acme/a }\nother: quay.io/acme/b:1\n',
      'templates/pod.yaml': pod('p', '{{ .Values.image.repository }}:1', '{{ .Values.other }}'),
    });
    const helm = await openHelm({ binary, env: process.env });
    const set = ['image.repository=ghcr.io/fork/a'];
    const found = await findOverride({ chart, set }, async () => hostDropped, helm);
    expect(found.values).toEqual({ other: 'm.example/p/acme/b:1' });
    expect(found.unmoved).toMatchObject([
      { usage: { image: 'ghcr.io/fork/a:1' }, reason: 'set', paths: ['image.repository'] },
    ]);
  });

  test('a name that nobody can pull is told', async () => {
    const chart = chartOf({
      'values.yaml': 'image: quay.io/acme/a:1\nsuffix: "!"\n',
      'templates/pod.yaml': pod('p', '{{ .Values.image }}', '"acme/b{{ .Values.suffix }}"'),
    });
    const naming: Naming = (image) => (image.includes('!') ? undefined : hostDropped(image));
    expect((await overrideFor(chart, naming)).unmoved).toMatchObject([
      { usage: { image: 'acme/b!' }, reason: 'invalid' },
    ]);
  });

  test('an image that is written in the chart is told with its line, and moves in a patched copy', async () => {
    const chart = chartOf({
      'values.yaml': 'image: quay.io/acme/a:1\n',
      'templates/pod.yaml': pod('p', '{{ .Values.image }}', 'quay.io/acme/fixed:1'),
    });
    const result = await overrideFor(chart);
    expect(result.unmoved).toMatchObject([
      {
        usage: { image: 'quay.io/acme/fixed:1' },
        reason: 'hard-coded',
        at: { file: 'templates/pod.yaml', line: 7 },
      },
    ]);
    const helm = await openHelm({ binary, env: process.env });
    const folder = join(root, 'vendored');
    const vendored = await vendorChart({ chart, kubeVersion: 'v1.33.0' }, result, folder, helm);
    expect(vendored).toMatchObject({ files: ['templates/pod.yaml'], unmoved: [] });
    expect(await helm.template(folder, { values: result.values })).not.toContain('quay.io');
    await expect(vendorChart({ chart }, result, folder, helm)).rejects.toMatchObject({
      code: 'PM_FILE_UNWRITABLE',
    });
  });

  test('a patched copy is written only when something in it differs', async () => {
    const helm = await openHelm({ binary, env: process.env });
    const vendored = async (chart: string, naming: Naming = hostDropped) => {
      const found = await overrideFor(chart, naming);
      const folder = join(root, `copy-${(count += 1)}`);
      const result = await vendorChart({ chart, kubeVersion: 'v1.33.0' }, found, folder, helm);
      expect(existsSync(folder)).toBe(result.folder !== undefined);
      return result;
    };
    const registry = '{{ default "docker.io" .Values.registry }}';
    const values = { 'values.yaml': 'registry:\n' };
    const movable = chartOf({ ...values, 'templates/pod.yaml': pod('p', `${registry}/acme/a:1`) });
    expect(await vendored(movable)).toMatchObject({ files: [], moved: [], unmoved: [] });
    // Whatever the registry is, the path is not what the mirror calls it.
    const renamed: Naming = (image) => image.replace('docker.io/acme/', 'm.example/acme-');
    const patched = await vendored(movable, renamed);
    expect(patched).toMatchObject({ files: ['templates/pod.yaml'], unmoved: [] });
    expect(await helm.template(patched.folder ?? '')).toContain('image: m.example/acme-a:1');
    const composed = chartOf({
      ...values,
      'templates/pod.yaml': pod('p', '{{ printf "%s/%s-%s:1" "docker.io" "acme/a" "b" }}'),
    });
    expect(await vendored(composed)).toMatchObject({
      files: [],
      unmoved: [{ usage: { image: 'docker.io/acme/a-b:1' }, reason: 'composed' }],
    });
  });

  test('a patched copy keeps tags that the chart makes up, and words that are no images', async () => {
    const chart = chartOf({
      'values.yaml': '{}\n',
      'images.yaml': 'tool:\n  repository: quay.io/acme/tool\n  tag: "5"\n',
      'templates/pod.yaml': `{{- $tool := .Files.Get "images.yaml" | fromYaml -}}
${pod(
  'busybox',
  'quay.io/acme/a:{{ .Chart.AppVersion }}',
  'busybox',
  '{{ printf "%s:%s" $tool.tool.repository $tool.tool.tag }}',
)}`,
    });
    const found = await overrideFor(chart);
    expect(found.unmoved.map(({ usage }) => usage.image)).toEqual([
      'quay.io/acme/a:2.0',
      'busybox',
      'quay.io/acme/tool:5',
    ]);
    const helm = await openHelm({ binary, env: process.env });
    const folder = join(root, 'kept-tags');
    const result = await vendorChart({ chart, kubeVersion: 'v1.33.0' }, found, folder, helm);
    expect(result).toMatchObject({ unmoved: [], beside: [], files: ['images.yaml', 'templates/pod.yaml'] });
    const text = readFileSync(join(folder, 'templates/pod.yaml'), 'utf8');
    expect(text).toContain('image: m.example/p/acme/a:{{ .Chart.AppVersion }}');
    expect(text).toContain('metadata: { name: busybox }');
  });

  test('nine sub-charts, some of which take no part, in few renderings', async () => {
    const names = ['agent', 'server', 'csi', 'oidc', 'ui', 'keeper', 'nexus', 'pilot', 'exchange'];
    const on = names.slice(0, 4);
    const image = (name: string): string =>
      `image: { registry: "", repository: acme/${name}, pullPolicy: IfNotPresent, tag: "", version: "" }\n`;
    const files = names.flatMap((name) => [
      [`charts/${name}/Chart.yaml`, chartFile(name)],
      [
        `charts/${name}/values.yaml`,
        `${image(name)}tests: { bash: { ${image('bash').trim()} } }\nglobal: { acme: { image: {} } }\n`,
      ],
      [
        `charts/${name}/templates/pod.yaml`,
        pod(
          name,
          '{{ template "lib.image" (dict "image" .Values.image "app" .Chart.AppVersion "global" .Values.global) }}',
          '{{ template "lib.image" (dict "image" .Values.tests.bash.image "app" "5" "global" .Values.global) }}',
        ),
      ],
    ]);
    const dependencies = names
      .map((name) => `  - { name: ${name}, version: 1.0.0, condition: ${name}.enabled }\n`)
      .join('');
    const chart = chartOf({
      ...Object.fromEntries(files),
      'Chart.yaml': chartFile('demo', `dependencies:\n${dependencies}  - { name: lib, version: 1.0.0 }\n`),
      'values.yaml': names.map((name) => `${name}: { enabled: ${on.includes(name)} }\n`).join(''),
      'charts/lib/Chart.yaml': chartFile('lib', 'type: library\n'),
      'charts/lib/templates/_image.tpl': `{{- define "lib.image" -}}
{{- $registry := .image.registry | default "ghcr.io" -}}
{{- with ((.global).acme).image.registry }}{{ $registry = . }}{{ end -}}
{{- printf "%s/%s:%s" $registry .image.repository (.image.tag | default .image.version | default .app) -}}
{{- end }}
`,
    });
    const { values, unmoved, moved, renders } = await overrideFor(chart);
    expect(values).toEqual({ global: { acme: { image: { registry: 'm.example/p' } } } });
    expect([moved.length, unmoved]).toEqual([8, []]);
    expect(renders).toBeLessThanOrEqual(12);
  });

  test('other names for the same chart cost no new search', async () => {
    const chart = chartOf({
      'values.yaml': 'global: { registry: "" }\na: { repository: acme/a }\n',
      'templates/pod.yaml': pod(
        'p',
        '{{ .Values.global.registry | default "quay.io" }}/{{ .Values.a.repository }}:1',
      ),
    });
    const helm = await openHelm({ binary, env: process.env });
    await withChart({ chart, kubeVersion: 'v1.33.0' }, helm, async ({ images, find }) => {
      expect(images).toEqual(['quay.io/acme/a:1']);
      const first = await find(hostDropped);
      const second = await find(() => 'other.example/acme/a:1');
      expect(second.values).toEqual({ global: { registry: 'other.example' } });
      expect(second.renders - first.renders).toBeLessThanOrEqual(2);
    });
  });

  test('no image is moved by spoiling another', async () => {
    const chart = chartOf({
      'values.yaml': 'repository: acme/a\n',
      'templates/pod.yaml': pod('p', 'docker.io/{{ .Values.repository }}:1', '{{ .Values.repository }}:1'),
    });
    const { values, unmoved } = await overrideFor(chart);
    expect(values).toEqual({});
    expect(unmoved.map(({ usage, reason, paths }) => [usage.image, reason, paths])).toEqual([
      ['docker.io/acme/a:1', 'shared', ['repository']],
      ['acme/a:1', 'shared', ['repository']],
    ]);
  });

  test('a chart that does not render says where', async () => {
    const chart = chartOf({
      'values.yaml': '{}\n',
      'templates/pod.yaml': '\n{{ required "name it" .Values.name }}\n',
    });
    await expect(overrideFor(chart)).rejects.toMatchObject({
      code: 'PM_HELM_FAILED',
      where: 'demo/templates/pod.yaml:2:3',
    });
  });
});
