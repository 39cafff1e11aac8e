/** A Kubernetes API stub full of pods, in a process of its own: `node bench/scan-server.ts KUBECONFIG-FOLDER PODS FAILING`. */
import type { JsonObject } from '../src/core/model/index.ts';
import { startApiServer, writeKubeconfig } from '../test/support/apiserver.ts';

const [folder = '.', pods = '1000', failing = '200'] = process.argv.slice(2);
const images = 20;
/** What the API server's 5 kB of a pod are made of besides the fields that matter here. */
const padding = 'x'.repeat(3500);

function pod(index: number, fails: boolean): JsonObject {
  const image = fails ? `docker.io/acme/app-${index % images}:1` : 'registry.k8s.io/pause:3.10';
  const message = `failed to pull and unpack image "${image}": failed to resolve reference "${image}": failed to do request: Head "https://registry-1.docker.io/v2/acme/app-${index % images}/manifests/1": dial tcp 34.226.69.105:443: i/o timeout`;
  const state = fails ? { waiting: { reason: 'ErrImagePull', message } } : { running: {} };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace: `ns-${index % 50}`,
      name: `pod-${index}`,
      creationTimestamp: '2026-01-01T00:00:00Z',
      annotations: { padding },
    },
    spec: {
      nodeName: `node-${index % 40}`,
      containers: [{ name: 'app', image, imagePullPolicy: 'IfNotPresent' }],
    },
    status: {
      phase: fails ? 'Pending' : 'Running',
      containerStatuses: [
        { name: 'app', image, imageID: fails ? '' : `${image}@sha256:${'0'.repeat(64)}`, state },
      ],
    },
  };
}

const server = await startApiServer();
// kubectl asks what there is before it asks for pods.
const discovery: Readonly<Record<string, JsonObject>> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [{ name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list'] }],
  },
};
server.intercept(({ path }) => {
  const body = discovery[path.split('?', 1)[0] ?? ''];
  return body === undefined ? undefined : { status: 200, body };
});
for (let index = 0; index < 40; index++) {
  const nodeInfo = {
    operatingSystem: 'linux',
    architecture: 'amd64',
    containerRuntimeVersion: 'containerd://1.7.27',
  };
  server.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: `node-${index}` }, status: { nodeInfo } });
}
for (let index = 0; index < Number(pods); index++) server.put(pod(index, index < Number(failing)));
console.log(await writeKubeconfig(folder, server));
