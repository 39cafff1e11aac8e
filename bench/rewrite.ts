/**
 * `npm run bench:rewrite`: how long `pullmend rewrite` takes for 1,000 manifests of 50 MB together, and how much
 * memory. 20 images a file, one in 2.5 kB (real install files: one in 13 kB); most of the text is definitions of custom
 * resources, as there.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, medianOf, type Measure } from './measure.ts';

const files = 1000;
const bytesEach = 50_000;
const rounds = 3;
const root = join(import.meta.dirname, '..');

const folder = await mkdtemp(join(tmpdir(), 'bench-rewrite-'));
try {
  const manifests = join(folder, 'manifests');
  await mkdir(manifests);
  for (let file = 0; file < files; file += 1) {
    let text = [0, 1].map((part) => deployment(file, part)).join('');
    for (let part = 0; part < 4; part += 1) text += configMap(file, part);
    for (let part = 0; text.length < bytesEach; part += 1) text += definition(file, part);
    await writeFile(join(manifests, `m${file}.yaml`), text);
  }
  const config = join(folder, 'config.yaml');
  await writeFile(
    config,
    'apiVersion: pullmend.dev/v1alpha1\nkind: MirrorSet\nmirrors:\n  - { name: all, scheme: prefix-host-path, at: harbor.corp/mirror }\n',
  );
  const command = ['rewrite', manifests, '--no-probe', '--config', config, '-q'];
  await show('images', ['images', manifests, '-o', 'list', '--config', config], [0]);
  await show('rewrite --check', [...command, '--check'], [3]);
  await show('rewrite --diff', command, [0]);
  await show('rewrite --out', [...command, '--out', join(folder, 'out')], [0]);
  await show('rewrite --in-place', [...command, '--in-place'], [0], 1);
  await show('the same again', [...command, '--in-place'], [0]);
} finally {
  await rm(folder, { recursive: true });
}

async function show(
  name: string,
  args: readonly string[],
  exits: readonly number[],
  times = rounds,
): Promise<void> {
  const all: Measure[] = [];
  for (let round = 0; round < times; round += 1) {
    all.push(
      await measure(process.execPath, [join(root, 'bin/pullmend.cjs'), ...args], exits, {
        XDG_STATE_HOME: join(folder, 'state'),
      }),
    );
  }
  const seconds = medianOf(all, (one) => one.seconds).toFixed(2);
  const megabytes = medianOf(all, (one) => one.megabytes).toFixed(0);
  console.log(`${name.padEnd(20)} ${seconds} s  ${megabytes} MB`);
}

function deployment(file: number, part: number): string {
  const containers = [1, 2, 3, 4]
    .map(
      (n) => `        - name: c${n}
          image: quay.io/acme/app-${file % 50}-${n}:v1.${part}   # pinned
          imagePullPolicy: IfNotPresent
          args: ["--listen=:8080", '--level', info]
          env:
            - name: HELPER_IMAGE
              value: "ghcr.io/acme/helper:${n}"
            - { name: NODE_NAME, valueFrom: { fieldRef: { fieldPath: spec.nodeName } } }
          resources:
            limits: { cpu: 500m, memory: 128Mi }
`,
    )
    .join('');
  return `---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: d-${file}-${part}
  namespace: shop
  labels:
    app.kubernetes.io/name: d-${part}
spec:
  replicas: 2
  selector:
    matchLabels: { app: d }
  template:
    metadata:
      labels: { app: d }
    spec:
      containers:
${containers}`;
}

function definition(file: number, part: number): string {
  const fields = Array.from(
    { length: 12 },
    (_, n) => `              field${n}:
                description: The ${n}th field says how the operator treats the object when it is
                  created anew, and which of its neighbours it has to wait for.
                type: string
`,
  ).join('');
  return `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: kinds${part}.g${file}.acme.io
spec:
  group: g${file}.acme.io
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              properties:
${fields}`;
}

function configMap(file: number, part: number): string {
  const lines = Array.from({ length: 20 }, (_, n) => `    server.${n}.address = 10.0.${n}.1:8080\n`).join('');
  return `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: cm-${file}-${part}
data:
  app.properties: |
${lines}  pod.yaml: |
    spec:
      containers:
        - name: helper
          image: busybox:1.36
`;
}
