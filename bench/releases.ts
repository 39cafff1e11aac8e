/**
 * `npm run bench:releases -- CHART…`: public charts, installed on the lab with every registry out of reach but one mirror,
 * then `pullmend fix --yes`. Of each is told whether the release was mended by its values, and whether every image of its
 * pods is one of the mirror's. Charts are folders that `helm template` renders as they are; none is part of this
 * repository.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { formatReference, normaliseImage, parseReference } from '../src/core/image/index.ts';

const mirror = 'mirror2.lab';
/** Docker Hub is out of reach in any case, and so are hosts that the lab does not know. */
const blocked = ['quay.io', 'ghcr.io', 'gcr.io', 'registry.k8s.io'];
const helm = process.env['PULLMEND_HELM'] ?? 'helm';
const charts = process.argv.slice(2).map((path) => resolve(path));
if (charts.length === 0) throw new RangeError('name folders of charts');

type Container = { readonly name: string; readonly image: string };
type Workload = {
  readonly kind: string;
  readonly name: string;
  readonly containers: readonly Container[];
  readonly inits: readonly Container[];
};

const folder = await mkdtemp(join(tmpdir(), 'bench-releases-'));
try {
  const names = new Map<string, string>();
  for (const chart of charts) {
    const name = `release-${basename(chart)}`.slice(0, 50);
    const workloads = rendered(chart);
    if (workloads.length === 0) {
      console.log(`${basename(chart)}: renders no workload`);
      continue;
    }
    names.set(name, basename(chart));
    await writeFile(join(folder, `${name}.yaml`), stringify(scenario(name, chart, workloads)));
  }
  const report = await runAll();
  const rows = report.scenarios.map((one) => ({ chart: names.get(one.name) ?? one.name, ...resultOf(one) }));
  console.log('| chart | images of the mirror | by |\n|---|---|---|');
  for (const { chart, mirrored, by } of rows)
    console.log(`| ${chart} | ${mirrored ? 'all' : 'not all'} | ${by} |`);
  const whole = rows.filter(({ mirrored }) => mirrored).length;
  const byValues = rows.filter(
    ({ mirrored, by }) => mirrored && /^(helm-upgrade|replace-pods|, )+$/.test(by),
  ).length;
  console.log(`\n${whole} of ${rows.length} with all images, ${byValues} by values alone`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The workloads of a chart, as it is installed with its own values. */
function rendered(chart: string): readonly Workload[] {
  const { stdout } = spawnSync(helm, ['template', 'rel', chart, '--kube-version', '1.34.4', '--no-hooks'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return parseAllDocuments(stdout).flatMap((document) => {
    const object = document.toJS() as Rendered | null;
    if (object === null || !['Deployment', 'StatefulSet', 'DaemonSet'].includes(object.kind)) return [];
    const { containers = [], initContainers } = object.spec.template.spec;
    // The lab has no storage: a pod that waits for a volume asks for no image.
    const isAsked = object.spec.replicas !== 0 && (object.spec.volumeClaimTemplates ?? []).length === 0;
    return isAsked
      ? [{ kind: object.kind, name: object.metadata.name, containers, inits: initContainers ?? [] }]
      : [];
  });
}

type Rendered = {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas?: number;
    readonly volumeClaimTemplates?: readonly unknown[];
    readonly template: {
      readonly spec: {
        readonly containers?: readonly Container[];
        readonly initContainers?: readonly Container[] | null;
      };
    };
  };
};

function scenario(name: string, chart: string, workloads: readonly Workload[]): object {
  const images = new Set(
    workloads.flatMap(({ containers, inits }) => [...inits, ...containers].map(({ image }) => image)),
  );
  const paths = (workload: Workload) => [
    ...workload.inits.map((_, index) => `/spec/template/spec/initContainers/${index}/image`),
    ...workload.containers.map((_, index) => `/spec/template/spec/containers/${index}/image`),
  ];
  return {
    name,
    about: `a release of ${basename(chart)}`,
    // Images have their own names, which another scenario could want.
    isolation: 'cluster',
    timeout: 400,
    given: {
      hosts: Object.fromEntries(blocked.map((host) => [host, 'nxdomain'])),
      programs: ['helm'],
      images: [...images].map((image) => ({ name: copyOf(image) })),
      helm: [['install', 'rel', chart, '--no-hooks', '--skip-schema-validation']],
      failing: workloads.map(({ kind, name: of, inits, containers }) => ({
        of: `${kind}/${of}`,
        container: (inits[0] ?? containers[0])?.name,
        within: 120,
      })),
    },
    mirrors: [{ name: 'all', scheme: 'prefix-host-path', at: mirror }],
    when: [
      {
        pullmend: ['fix', '-n', '${ns}', '--yes', '--keep', '--timeout', '40s', '-o', 'json'],
        exit: [0, 1, 2, 3],
      },
    ],
    then: {
      fields: workloads.flatMap((workload) =>
        paths(workload).map((path) => ({
          object: `${workload.kind}/${workload.name}`,
          path,
          matches: `^${mirror}/`,
        })),
      ),
    },
  };
}

function copyOf(image: string): string {
  const { registry, repository, ...rest } = parseReference(normaliseImage(image));
  return formatReference({ ...rest, registry: mirror, repository: `${registry}/${repository}` });
}

async function runAll(): Promise<Report> {
  const args = ['lab/main.ts', 'scenarios', folder, '--reports', folder];
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await once(child, 'exit');
  if (process.env['PULLMEND_BENCH_KEEP'] !== undefined)
    await writeFile(process.env['PULLMEND_BENCH_KEEP'], await readFile(join(folder, 'report.json')));
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
}

type Report = { readonly scenarios: readonly Scenario[] };
type Scenario = {
  readonly name: string;
  readonly result: string;
  readonly seen?: readonly { readonly check: string; readonly ok: boolean; readonly seen: string }[];
  readonly pullmend?: readonly { readonly stdout: string }[];
};

function resultOf({ result, pullmend = [], seen = [] }: Scenario): {
  readonly mirrored: boolean;
  readonly by: string;
} {
  const text = pullmend[0]?.stdout ?? '';
  const plan = text.startsWith('{')
    ? (JSON.parse(text) as { plan?: { spec: { steps: { kind: string }[] } } })
    : {};
  const kinds = [...new Set(plan.plan?.spec.steps.map(({ kind }) => kind))];
  const before = seen.find(({ ok }) => !ok)?.seen ?? '';
  return { mirrored: result === 'passed', by: kinds.join(', ') || `nothing: ${before.slice(0, 80)}` };
}
