/**
 * `npm run bench:scan [-- PODS…]`: how long `pullmend diagnose -A` takes on a cluster with many pods, how much memory
 * and how many requests, beside `kubectl get pods -A -o json`, which is how the same is looked up by hand. Both ask the
 * same real API server, by turns; kwok plays 500 nodes. A tenth of the pods fail, with 25 images. Without numbers:
 * 1,000 pods, 10,000, and 10,000 with twice as many that fail, for the number of requests.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { buildIfNeeded } from '../tools/build/index.ts';
import { measure, medianOf, type Measure } from './measure.ts';
import { startSimulatedCluster, type SimulatedCluster } from './simulated-cluster.ts';

const rounds = Number(process.env['PULLMEND_BENCH_ROUNDS'] ?? 5);
const wanted = process.argv.slice(2).map(Number);
const sizes = wanted.length > 0 ? wanted : [1000, 10_000];
const nodes = 500;
const podsOfOwner = 40;
const failingImages = 25;
const namespaces = 50;
/** As many creations at once as two cores answer without a queue. */
const create = pLimit(32);
const filledWithinMs = 30 * 60_000;

await buildIfNeeded();
for (const pods of sizes) await compare(pods, pods / 10);
if (wanted.length === 0) await compare(10_000, 2000, 1);

/** Fills a cluster of its own and measures both. */
async function compare(pods: number, failing: number, times = rounds): Promise<void> {
  const cluster = await startSimulatedCluster();
  try {
    await fill(cluster, pods, failing);
    const look = ['--kubeconfig', cluster.kubeconfig];
    const kubectl = ['get', 'pods', '-A', '-o', 'json', ...look];
    const pullmend = [
      join(import.meta.dirname, '../bin/pullmend.cjs'),
      'diagnose',
      '-A',
      '-o',
      'json',
      ...look,
    ];
    const theirs: Measure[] = [];
    const ours: Measure[] = [];
    for (let round = 0; round < times; round += 1) {
      theirs.push(await measure(cluster.kubectl, kubectl, [0]));
      ours.push(await measure(process.execPath, pullmend, [3]));
    }
    console.log(`${pods} pods on ${nodes} nodes, ${failing} failing (median of ${times})`);
    console.log(
      `  kubectl get pods -A -o json   ${show(theirs, (await cluster.requestsOf('kubectl')) / times)}`,
    );
    console.log(
      `  pullmend diagnose -A -o json  ${show(ours, (await cluster.requestsOf('pullmend')) / times)}`,
    );
    console.log(`  ratio                         ${ratio(ours, theirs)}`);
  } finally {
    await cluster.stop();
  }
}

async function fill(cluster: SimulatedCluster, pods: number, failing: number): Promise<void> {
  const each = async (count: number, make: (index: number) => Promise<void>): Promise<void> => {
    await Promise.all(Array.from({ length: count }, async (_, index) => await create(() => make(index))));
  };
  await each(namespaces, async (index) => {
    await cluster.create('/api/v1/namespaces', { metadata: { name: `team-${index}` } });
  });
  await each(nodes, async (index) => {
    await cluster.create('/api/v1/nodes', { metadata: { name: `node-${index}` } });
  });
  await each(pods / podsOfOwner, async (owner) => {
    const image = imageOf(owner, failing);
    const at = (group: string): string => `/${group}/namespaces/team-${owner % namespaces}`;
    const labels = { app: `app-${owner}` };
    const template = { metadata: { labels }, spec: podSpec(image) };
    const spec = { replicas: podsOfOwner, selector: { matchLabels: labels }, template };
    const name = `app-${owner}`;
    await cluster.create(`${at('apis/apps/v1')}/deployments`, { metadata: { name, labels }, spec });
    const deployment = await uid(cluster, `${at('apis/apps/v1')}/deployments/${name}`);
    await cluster.create(`${at('apis/apps/v1')}/replicasets`, {
      metadata: { name, labels, ownerReferences: [controller('Deployment', name, deployment)] },
      spec,
    });
    const replicaSet = await uid(cluster, `${at('apis/apps/v1')}/replicasets/${name}`);
    for (let one = 0; one < podsOfOwner; one += 1) {
      const index = owner * podsOfOwner + one;
      await cluster.create(`${at('api/v1')}/pods`, {
        metadata: {
          name: `${name}-${one}`,
          labels,
          annotations: index < failing ? { 'bench/message': messageOf(image) } : {},
          ownerReferences: [controller('ReplicaSet', name, replicaSet)],
        },
        spec: { nodeName: `node-${index % nodes}`, ...podSpec(image) },
      });
    }
  });
  await settled(cluster);
}

/** Until kwok has said of every pod how it is. */
async function settled(cluster: SimulatedCluster): Promise<void> {
  const end = Date.now() + filledWithinMs;
  // A pod that nobody has looked at is Pending and has no start time; those that wait for an image have one.
  for (let last = -1; ;) {
    await pause(5000);
    const text = JSON.stringify(await cluster.get('/api/v1/pods?resourceVersion=0'));
    const now = text.split('"startTime"').length;
    if (now === last) return;
    if (Date.now() > end) throw new Error('kwok has not come to an end');
    last = now;
  }
}

async function uid(cluster: SimulatedCluster, path: string): Promise<string> {
  const { metadata } = (await cluster.get(path)) as { readonly metadata: { readonly uid: string } };
  return metadata.uid;
}

function controller(kind: string, name: string, owner: string): object {
  return { apiVersion: 'apps/v1', kind, name, uid: owner, controller: true, blockOwnerDeletion: true };
}

function imageOf(owner: number, failing: number): string {
  return owner * podsOfOwner < failing
    ? `docker.io/acme/app-${owner % failingImages}:1.4.2`
    : `registry.corp/acme/app-${owner}:1.4.2`;
}

/** What containerd 2 says, in the kubelet's words. */
function messageOf(image: string): string {
  const [host, ...path] = image.replace(/^docker\.io/, 'registry-1.docker.io').split('/');
  const [repository, tag] = path.join('/').split(':');
  return `Back-off pulling image "${image}": ErrImagePull: failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to do request: Head "https://${host}/v2/${repository}/manifests/${tag}": dial tcp 34.226.69.105:443: i/o timeout`;
}

/** As long as specifications are: about 4 kB of JSON a pod with its status and managed fields. */
function podSpec(image: string): object {
  const env = Array.from({ length: 16 }, (_, index) => ({
    name: `SETTING_NUMBER_${index}`,
    value: `the value of setting ${index} of this application`,
  }));
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, failureThreshold: 3 };
  return {
    containers: [
      {
        name: 'app',
        image,
        imagePullPolicy: 'IfNotPresent',
        env,
        ports: [{ name: 'http', containerPort: 8080 }],
        livenessProbe: probe,
        readinessProbe: probe,
        resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
        volumeMounts: [{ name: 'config', mountPath: '/etc/app' }],
      },
    ],
    volumes: [{ name: 'config', configMap: { name: 'app' } }],
    tolerations: [{ key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' }],
    automountServiceAccountToken: false,
  };
}

function show(all: readonly Measure[], requests: number): string {
  const seconds = medianOf(all, (one) => one.seconds).toFixed(2);
  const megabytes = medianOf(all, (one) => one.megabytes).toFixed(0);
  return `${seconds} s  ${megabytes} MB  ${requests.toFixed(0)} requests`;
}

function ratio(ours: readonly Measure[], theirs: readonly Measure[]): string {
  const of = (pick: (one: Measure) => number): string =>
    (medianOf(ours, pick) / medianOf(theirs, pick)).toFixed(2);
  return `${of((one) => one.seconds)} × time, ${of((one) => one.megabytes)} × memory`;
}
