import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { kustomizeForTests } from '../../test/support/kustomize.ts';
import { pod } from '../../test/support/small-chart.ts';
import { createMender } from './mender.ts';
import type { Mender } from './mender-type.ts';

const kustomize = kustomizeForTests();
const digest = `sha256:${'8d'.repeat(32)}`;

let folder: string;
let mender: Mender;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-flux-'));
  const config = join(folder, 'config.yaml');
  await writeFile(
    config,
    `apiVersion: pullmend.dev/v1alpha1
kind: MirrorSet
mirrors: [{ name: m, scheme: prefix-host-path, at: m.io/p }]
`,
  );
  mender = await createMender({
    config,
    env: { ...process.env, XDG_STATE_HOME: join(folder, 'state') },
    home: folder,
    onEvent: () => {},
    signal: new AbortController().signal,
  });
});

afterEach(async () => {
  await mender.close();
  await rm(folder, { recursive: true, force: true });
});

describe.skipIf(kustomize === undefined)('images of a Kustomization of Flux, with the real kustomize', () => {
  test('the pods that its entries name get the mirrored names, each with the tag or digest of its entry', async () => {
    const flux = join(folder, 'apps.yaml');
    await writeFile(
      flux,
      `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps }
spec:
  path: ./prod
  images:
    - name: acme/app
      newName: ghcr.io/acme/app
      newTag: 6.1.0
    - name: docker.io/acme/db
      digest: ${digest}
`,
    );
    await mender.rewrite([flux], {
      names: 'scheme',
      indirect: true,
      lock: false,
      allowUnverified: false,
      to: 'in-place',
    });
    // Flux hands the entries to kustomize as they are.
    const { spec } = parse(await readFile(flux, 'utf8')) as { readonly spec: { readonly images: unknown } };
    await mkdir(join(folder, 'prod'));
    await writeFile(join(folder, 'prod/pod.yaml'), pod('p', 'acme/app:1', 'docker.io/acme/db:2'));
    await writeFile(
      join(folder, 'prod/kustomization.yaml'),
      stringify({ resources: ['pod.yaml'], images: spec.images }),
    );
    const built = kustomize?.build(join(folder, 'prod')) ?? '';
    expect(built.match(/image: .*/g)).toEqual([
      'image: m.io/p/ghcr.io/acme/app:6.1.0',
      `image: m.io/p/docker.io/acme/db@${digest}`,
    ]);
  });
});
