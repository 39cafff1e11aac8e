import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kustomizeForTests } from '../../test/support/kustomize.ts';
import { helmForTests } from '../../test/support/helm.ts';
import { pod } from '../../test/support/small-chart.ts';
import { apiVersion, type ManagerRef, type RepairPlan } from '../core/model/index.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';

const kustomize = kustomizeForTests();
const helm = helmForTests();
const git = promisify(execFile);
const image = 'docker.io/library/web:1.0';
const copy = 'harbor.lab/library/web:1.0';

let folder: string;
let repository: string;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-gitops-'));
  repository = join(folder, 'apps');
  await mkdir(repository);
  await git('git', ['init', '-q'], { cwd: repository });
  await git('git', ['remote', 'add', 'origin', 'git@git.lab:shop/apps.git'], { cwd: repository });
  await writeFile(
    join(folder, 'config.yaml'),
    'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors: []\n',
  );
  mender = await createMender({
    config: join(folder, 'config.yaml'),
    env: { ...process.env, PULLMEND_HELM: helm, XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
  });
});

afterEach(async () => {
  await mender.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), text);
}

function planFor(
  manager: ManagerRef,
  images: Readonly<Record<string, string>> = { [image]: copy },
): RepairPlan {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  return {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: {
      replacements: [],
      steps: [],
      unmended: Object.entries(images).map(([name, to]) => ({
        image: name,
        object,
        usages: [],
        pods: 1,
        class: 'dns',
        reason: 'managed',
        manager,
        copy: to,
      })),
    },
  };
}

/** Applies the one patch as a person would, and gives the files' new texts. */
async function applied(plan: RepairPlan, ...paths: readonly string[]): Promise<readonly string[]> {
  const { patches } = await mender.sourceChanges(plan, [repository]);
  expect(patches).toHaveLength(1);
  await writeFile(join(folder, 'a.patch'), patches[0]?.patch ?? '');
  await git('git', ['apply', join(folder, 'a.patch')], { cwd: repository });
  return await Promise.all(paths.map(async (path) => await readFile(join(repository, path), 'utf8')));
}

const flux = {
  by: 'flux',
  kind: 'Kustomization',
  namespace: 'flux-system',
  name: 'apps',
  sync: { mode: 'heals', withinSeconds: 600 },
  source: { repository: 'ssh://git@git.lab/shop/apps', path: './prod', revision: 'main', built: 'kustomize' },
} as const satisfies ManagerRef;

describe('plain manifests', () => {
  test('the field gets the copy, all else stays, and the checkout is not written', async () => {
    await put('prod/web.yaml', pod('web', 'web:1.0', 'docker.io/library/other:1'));
    const before = await readFile(join(repository, 'prod/web.yaml'), 'utf8');
    const plan = planFor(flux);
    const { changes } = await mender.sourceChanges(plan, [join(repository, 'prod')]);
    expect(changes).toMatchObject([
      { moved: [{ image }], left: [], places: [{ file: 'prod/web.yaml' }], proof: 'read' },
    ]);
    expect(await readFile(join(repository, 'prod/web.yaml'), 'utf8')).toBe(before);
    const [text] = await applied(plan, 'prod/web.yaml');
    expect(text).toBe(before.replace('web:1.0', copy));
  });

  test('what is not named there is told', async () => {
    await put('prod/web.yaml', pod('web', 'web:2.0'));
    const found = await mender.sourceChanges(planFor(flux), [repository]);
    expect(found.patches).toEqual([]);
    expect(found.changes).toMatchObject([{ moved: [], left: [{ image, with: copy }], places: [] }]);
  });

  test('another repository is no checkout of it', async () => {
    await put('prod/web.yaml', pod('web', 'web:1.0'));
    const source = { ...flux.source, repository: 'https://git.lab/shop/other.git' };
    const found = await mender.sourceChanges(planFor({ ...flux, source }), [repository]);
    expect(found.patches).toEqual([]);
    expect(found.changes[0]?.checkout).toBeUndefined();
  });

  test('a path of the cluster does not lead out of the checkout', async () => {
    await put('prod/web.yaml', pod('web', 'web:1.0'));
    await writeFile(join(folder, 'out.yaml'), pod('web', 'web:1.0'));
    const source = { ...flux.source, path: '../' };
    const found = await mender.sourceChanges(planFor({ ...flux, source }), [repository]);
    expect(found.patches).toEqual([]);
  });

  test('a folder outside of Git is refused', async () => {
    await mkdir(join(folder, 'plain'));
    await expect(mender.sourceChanges(planFor(flux), [join(folder, 'plain')])).rejects.toMatchObject({
      code: 'PM_SOURCE_NOT_CHECKOUT',
    });
  });
});

describe.skipIf(kustomize === undefined)('a kustomization', () => {
  test('an entry of images, proved by building it', async () => {
    await put('base/pod.yaml', pod('web', 'web:1.0', 'web:2.0'));
    await put('base/kustomization.yaml', 'resources: [pod.yaml]\n');
    await put('prod/kustomization.yaml', 'resources:\n- ../base\n');
    const plan = planFor(flux);
    const { changes } = await mender.sourceChanges(plan, [repository]);
    expect(changes).toMatchObject([{ moved: [{ image }], left: [], proof: 'built' }]);
    await applied(plan);
    const built = kustomize?.build(join(repository, 'prod')) ?? '';
    expect(built.match(/image: .*/g)).toEqual([`image: ${copy}`, 'image: web:2.0']);
  });
});

describe('objects of deliveries in the checkout', () => {
  const application = (helmText: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  source:
    repoURL: https://charts.lab
    chart: web
    helm:
${helmText}
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: other, namespace: argocd }
spec:
  source:
    helm: { valuesObject: { image: { repository: docker.io/library/web, tag: "1.0" } } }
`;
  const argo = {
    by: 'argocd',
    name: 'web',
    sync: { mode: 'heals' },
    source: { repository: 'https://charts.lab', chart: 'web', built: 'helm' },
  } as const satisfies ManagerRef;

  test.each([
    [
      'values',
      '      valuesObject:\n        image: { registry: docker.io, repository: library/web, tag: "1.0" }',
    ],
    [
      'a text of values',
      '      values: |\n        image:\n          repository: docker.io/library/web\n          tag: "1.0"',
    ],
    [
      'parameters',
      '      parameters:\n      - { name: image.repository, value: docker.io/library/web }\n      - { name: image.tag, value: "1.0" }',
    ],
  ])('known shapes without the chart are unproved: %s', async (_, helmText) => {
    await put('argo/apps.yaml', application(helmText));
    const plan = planFor(argo);
    const { changes } = await mender.sourceChanges(plan, [repository]);
    expect(changes).toMatchObject([{ moved: [{ image }], proof: 'unproved' }]);
    const [text = ''] = await applied(plan, 'argo/apps.yaml');
    const [own = '', other = ''] = text.split('---');
    expect(own).toContain('harbor.lab');
    expect(other).toBe(application('').split('---')[1]);
  });

  test.skipIf(helm === undefined)('values of a chart in the repository, found by rendering it', async () => {
    await put('charts/web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 0.1.0\n');
    await put('charts/web/values.yaml', 'hub: docker.io/library\nname: web\nversion: "1.0"\n');
    await put(
      'charts/web/templates/pod.yaml',
      pod('web', '{{ .Values.hub }}/{{ .Values.name }}:{{ .Values.version }}'),
    );
    await put(
      'releases/web.yaml',
      `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: web, namespace: shop }
spec:
  chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: apps } } }
  # kept
  values:
    replicas: 2
`,
    );
    const release = {
      by: 'flux',
      kind: 'HelmRelease',
      namespace: 'shop',
      name: 'web',
      sync: { mode: 'next-sync' },
      source: { repository: 'https://git.lab/shop/apps.git', chart: './charts/web', built: 'helm' },
    } as const satisfies ManagerRef;
    const plan = planFor(release);
    const { changes } = await mender.sourceChanges(plan, [repository]);
    expect(changes).toMatchObject([{ moved: [{ image }], left: [], proof: 'rendered' }]);
    const [text] = await applied(plan, 'releases/web.yaml');
    expect(text).toContain('hub: "harbor.lab/library"');
    expect(text).toContain('# kept');
  });
});
