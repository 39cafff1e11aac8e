import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { helmForTests } from '../../../test/support/helm.ts';
import { openHelm } from '../../adapters/helm/index.ts';
import { findOverride } from './override.ts';
import {
  chartFile,
  hostDropped,
  hostKept,
  pod,
  writeChart,
  type ChartFiles,
} from '../../../test/support/small-chart.ts';

const binary = helmForTests();
const root = mkdtempSync(join(tmpdir(), 'pullmend-shapes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Shape = {
  readonly values: string;
  /** The one template, unless `files` has more. */
  readonly template: string;
  readonly files?: ChartFiles;
  /** Values of the user. */
  readonly given?: string;
  readonly override: unknown;
  /** Images that no value moves. */
  readonly left?: readonly string[];
  readonly naming?: (image: string) => string | undefined;
};

const digest = `sha256:${'ab'.repeat(32)}`;
const library = `{{- define "lib.image" -}}
{{- $registry := .root.registry -}}
{{- if .global }}{{ if .global.imageRegistry }}{{ $registry = .global.imageRegistry }}{{ end }}{{ end -}}
{{- printf "%s/%s:%s" $registry .root.repository (.root.tag | toString) -}}
{{- end }}
`;

const shapes: Readonly<Record<string, Shape>> = {
  'a global registry, and an image with a registry of its own': {
    values:
      'global: { registry: quay.io }\na: { repository: acme/a }\nb: { registry: ghcr.io, repository: acme/b }\n',
    template: pod(
      'p',
      '"{{ .Values.a.registry | default .Values.global.registry }}/{{ .Values.a.repository }}:1"',
      '"{{ .Values.b.registry | default .Values.global.registry }}/{{ .Values.b.repository }}:1"',
    ),
    override: { global: { registry: 'm.example/p' }, b: { registry: 'm.example/p' } },
  },
  'a value that is a template itself': {
    values: `hub: quay.io/acme\nimage: '{{ .Values.hub }}/a:{{ .Chart.AppVersion }}'\n`,
    template: pod('p', '{{ tpl .Values.image . }}'),
    override: { hub: 'm.example/p/acme' },
  },
  'a value that is a template stays one': {
    values: `image: 'quay.io/acme/a:{{ .Chart.AppVersion }}'\n`,
    template: pod('p', '{{ tpl .Values.image . }}'),
    override: { image: 'm.example/p/acme/a:{{ .Chart.AppVersion }}' },
  },
  'images as maps in a list of more containers': {
    values: 'extra:\n  - { name: x, image: { repository: quay.io/acme/x, tag: "1" }, args: [a] }\n',
    template: `{{ range .Values.extra }}${pod('{{ .name }}', '"{{ .image.repository }}:{{ .image.tag }}"')}{{ end }}`,
    override: {
      extra: [{ name: 'x', image: { repository: 'm.example/p/acme/x', tag: '1' }, args: ['a'] }],
    },
  },
  'containers that the values hold whole': {
    values: 'sidecars:\n  - name: s\n    image: acme/s:1\n',
    template: `${pod('p', 'acme/fixed:1')}    {{- toYaml .Values.sidecars | nindent 4 }}\n`,
    override: { sidecars: [{ name: 's', image: 'm.example/p/acme/s:1' }] },
    left: ['acme/fixed:1'],
  },
  'a digest alone': {
    values: `image: { repository: quay.io/acme/a, digest: "${digest}" }\n`,
    template: pod('p', '"{{ .Values.image.repository }}@{{ .Values.image.digest }}"'),
    override: { image: { repository: 'm.example/p/acme/a' } },
  },
  'a tag and a digest in one string': {
    values: `image: quay.io/acme/a:1@${digest}\n`,
    template: pod('p', '{{ .Values.image }}'),
    override: { image: `m.example/p/acme/a:1@${digest}` },
  },
  'a v before the tag': {
    values: 'image: { repository: acme/a, tag: 1.2.3 }\n',
    template: pod('p', '"{{ .Values.image.repository }}:v{{ .Values.image.tag | trimPrefix "v" }}"'),
    override: { image: { repository: 'm.example/p/acme/a' } },
  },
  'two values and the version of the chart': {
    values: 'a: acme\nb: web\n',
    template: pod('p', '{{ .Values.a }}/{{ .Values.b }}:{{ .Chart.AppVersion }}'),
    override: { a: 'm.example/p/acme' },
  },
  'one sub-chart under two aliases': {
    values: '{}\n',
    template: '',
    files: {
      'Chart.yaml': chartFile(
        'demo',
        'dependencies:\n  - { name: db, version: 1.0.0, alias: one }\n  - { name: db, version: 1.0.0, alias: two }\n',
      ),
      'charts/db/Chart.yaml': chartFile('db'),
      'charts/db/values.yaml': 'image: quay.io/acme/db:1\n',
      'charts/db/templates/pod.yaml': pod('{{ .Chart.Name }}', '{{ .Values.image }}'),
    },
    override: { one: { image: 'm.example/p/acme/db:1' }, two: { image: 'm.example/p/acme/db:1' } },
  },
  'what is off by default stays out of the override': {
    values:
      'image: acme/a:1\nmetrics: { enabled: false, image: { registry: quay.io, repository: acme/m, tag: 1 } }\n',
    template: `${pod('p', '{{ .Values.image }}')}{{ with .Values.metrics }}{{ if .enabled }}    - { name: m, image: "{{ .image.registry }}/{{ .image.repository }}:{{ .image.tag }}" }{{ end }}{{ end }}`,
    override: { image: 'm.example/p/acme/a:1' },
  },
  'what is off by default and on by the values of the user': {
    values:
      'image: acme/a:1\nmetrics: { enabled: false, image: { registry: quay.io, repository: acme/m, tag: 1 } }\n',
    template: `${pod('p', '{{ .Values.image }}')}{{ with .Values.metrics }}{{ if .enabled }}    - { name: m, image: "{{ .image.registry }}/{{ .image.repository }}:{{ .image.tag }}" }{{ end }}{{ end }}`,
    given: 'metrics: { enabled: true }\nimage: ghcr.io/other/a:7\n',
    override: { image: 'm.example/p/other/a:7', metrics: { image: { registry: 'm.example/p' } } },
  },
  'a schema that forbids what values.yaml does not have': {
    values: 'image: { repository: quay.io/acme/a, tag: "1" }\n',
    template: pod(
      'p',
      '"{{ with .Values.image.registry }}{{ . }}/{{ end }}{{ .Values.image.repository }}:{{ .Values.image.tag }}"',
    ),
    files: {
      'values.schema.json': JSON.stringify({
        additionalProperties: false,
        properties: {
          global: {},
          image: {
            additionalProperties: false,
            properties: { repository: { type: 'string', pattern: '^[a-z./]+$' }, tag: { type: 'string' } },
          },
        },
      }),
    },
    override: { image: { repository: 'm.example/p/acme/a' } },
  },
  'a registry with a port': {
    values: 'registry: registry.corp:5000\nimage: acme/a\ntag: 1\n',
    template: pod('p', '"{{ .Values.registry }}/{{ .Values.image }}:{{ .Values.tag }}"'),
    override: { registry: 'm.example/p' },
  },
  'a helper of a library chart': {
    values: 'image: { registry: docker.io, repository: acme/a, tag: 1 }\n',
    template: pod('p', '{{ include "lib.image" (dict "root" .Values.image "global" .Values.global) }}'),
    files: {
      'Chart.yaml': chartFile('demo', 'dependencies:\n  - { name: lib, version: 1.0.0 }\n'),
      'charts/lib/Chart.yaml': chartFile('lib', 'type: library\n'),
      'charts/lib/templates/_image.tpl': library,
    },
    override: { image: { registry: 'm.example/p' } },
  },
  'a map by the names of components': {
    values:
      'components:\n  api: { image: quay.io/acme/api, tag: 1 }\n  web-ui: { image: acme/web, tag: 2 }\n',
    template: `{{ range $name, $it := .Values.components }}---\n${pod('{{ $name }}', '"{{ $it.image }}:{{ $it.tag }}"')}{{ end }}`,
    override: {
      components: { api: { image: 'm.example/p/acme/api' }, 'web-ui': { image: 'm.example/p/acme/web' } },
    },
  },
  'keys with dashes and dots, by index': {
    values: 'images:\n  web-ui.image: quay.io/acme/web:1\n',
    template: pod('p', '{{ index .Values.images "web-ui.image" }}'),
    override: { images: { 'web-ui.image': 'm.example/p/acme/web:1' } },
  },
  'host, port and path in values of their own': {
    values: 'registry: { host: registry.corp, port: 5000, path: team }\n',
    template: pod(
      'p',
      '"{{ .Values.registry.host }}:{{ .Values.registry.port }}/{{ .Values.registry.path }}/a:1"',
    ),
    naming: () => 'm.example:5000/team/a:1',
    override: { registry: { host: 'm.example' } },
  },
  'defaults in a helper that values are merged into': {
    values: 'image: {}\n',
    template: `{{ $it := mergeOverwrite (dict "repository" "quay.io/acme/a" "tag" "1") .Values.image }}
${pod('p', '"{{ $it.repository }}:{{ $it.tag }}"')}`,
    override: {},
    left: ['quay.io/acme/a:1'],
  },
  'a name that a template takes apart': {
    values: 'image: quay.io/acme/a:1\n',
    template: `{{ $parts := splitList "/" .Values.image }}
${pod('p', '"{{ first $parts }}/{{ rest $parts | join "/" }}"')}`,
    override: { image: 'm.example/p/acme/a:1' },
  },
  'a name that stands for the product too': {
    values: 'name: web\n',
    template: `${pod('{{ .Values.name }}', 'quay.io/acme/{{ .Values.name }}:1')}`,
    override: {},
    left: ['quay.io/acme/web:1'],
  },
  'an empty value that makes other places go away': {
    values: 'image: { name: "", catalog: "" }\n',
    template: `apiVersion: acme.io/v1
kind: Store
metadata: { name: s }
spec:
{{- if .Values.image.catalog }}
  catalog: {{ .Values.image.catalog }}
{{- else }}
  imageName: {{ .Values.image.name | default "quay.io/acme/store:16" }}
{{- end }}
`,
    override: { image: { name: 'm.example/p/acme/store:16' } },
  },
  'a whole name under a key that speaks of a tag': {
    values: 'runner: { repositoryAndTag: "quay.io/acme/runner:1" }\n',
    template: pod('p', '{{ .Values.runner.repositoryAndTag }}'),
    override: { runner: { repositoryAndTag: 'm.example/p/acme/runner:1' } },
  },
  'one value in two places that a mirror names apart': {
    values: 'repository: acme/a\nother: ""\n',
    template: pod(
      'p',
      'quay.io/{{ .Values.repository }}:1',
      '{{ .Values.other | default (printf "ghcr.io/%s:1" .Values.repository) }}',
    ),
    naming: hostKept,
    override: { other: 'm.example/ghcr.io/acme/a:1' },
    left: ['quay.io/acme/a:1'],
  },
  'the image of a cluster version': {
    values: 'kubectl: { old: quay.io/acme/kubectl:1.20, new: quay.io/acme/kubectl:1.30 }\n',
    template: pod(
      'p',
      '{{ ternary .Values.kubectl.new .Values.kubectl.old (semverCompare ">=1.25-0" .Capabilities.KubeVersion.Version) }}',
    ),
    override: { kubectl: { new: 'm.example/p/acme/kubectl:1.30' } },
  },
  'a file of the chart that is a template': {
    values: 'image: { registry: quay.io, name: acme/a }\n',
    template: `apiVersion: v1
kind: ConfigMap
metadata: { name: c }
data:
  job.yaml: |
    {{- tpl (.Files.Get "files/job.yaml") . | nindent 4 }}
`,
    files: {
      'files/job.yaml':
        'kind: Job\nspec: { containers: [{ image: "{{ .Values.image.registry }}/{{ .Values.image.name }}:1" }] }\n',
    },
    override: { image: { registry: 'm.example/p' } },
  },
};

const containers = `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  containers:
    {{- tpl .Values.extra . | nindent 4 }}
`;

const inTexts: Readonly<Record<string, Shape>> = {
  'a text that is a template': {
    values: `extra: |
  - name: a
    image: docker.io/acme/a:{{ .Chart.AppVersion }}
  - name: b
    image: "quay.io/acme/b:1"
`,
    template: containers,
    override: {
      extra: `- name: a
  image: m.example/p/acme/a:{{ .Chart.AppVersion }}
- name: b
  image: "m.example/p/acme/b:1"
`,
    },
  },
  'a text that chooses by a condition': {
    values: `tag: "3"
extra: |
  - name: a
    image: {{ if .Values.old }}quay.io/acme/old{{ else }}quay.io/acme/a{{ end }}:{{ .Values.tag }}
`,
    template: containers,
    override: {
      extra: `- name: a
  image: {{ if .Values.old }}quay.io/acme/old{{ else }}m.example/p/acme/a{{ end }}:{{ .Values.tag }}
`,
    },
  },
  'a name and its tag in fields of a text': {
    values: `config: |
  tool:
    repository: quay.io/acme/tool
    tag: "5"
`,
    template:
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { c.yaml: {{ .Values.config | quote }} }\n',
    override: { config: 'tool:\n  repository: m.example/p/acme/tool\n  tag: "5"\n' },
  },
  'a bare word in a text, beside the same word in another sense': {
    values: 'extra: |\n  - name: busybox\n    image: busybox\n',
    template: containers,
    override: { extra: '- name: busybox\n  image: m.example/p/busybox\n' },
  },
};

describe.skipIf(binary === undefined)('odd ways of naming images', () => {
  const cases = Object.entries({ ...shapes, ...inTexts }).map(([what, shape], at) => ({ what, shape, at }));
  test.each(cases)('$what', async ({ shape, at }) => {
    const { values, template, files = {}, given } = shape;
    const chart = writeChart(join(root, `${at}`), {
      'values.yaml': values,
      'templates/pod.yaml': template,
      ...files,
    });
    const own = join(root, `${at}.yaml`);
    if (given !== undefined) writeFileSync(own, given);
    const helm = await openHelm({ binary, env: process.env });
    const input = { chart, kubeVersion: 'v1.33.0', valuesFiles: given === undefined ? [] : [own] };
    const found = await findOverride(input, async () => shape.naming ?? hostDropped, helm);
    expect(found.values).toEqual(shape.override);
    expect(found.unmoved.map(({ usage }) => usage.image)).toEqual(shape.left ?? []);
  });
});
