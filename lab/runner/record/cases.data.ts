import type { Case } from './case.ts';

/** `${name}` is the case's name; an image exists under its name unless told otherwise. */
const hub = 'docker.io/library/${name}:1.0';
const k8s = 'registry.k8s.io/${name}:1.0';
const quay = 'quay.io/acme/${name}:1.0';
const second = 'mirror2.lab/acme/${name}:1.0';

function onHub(kind: object): object {
  return { host: 'docker.io', repository: 'library/${name}', ...kind };
}

function onSecond(kind: object): object {
  return { host: 'mirror2.lab', repository: 'acme/${name}', ...kind };
}

function throughMirror(upstream: string, mirror: string): string {
  return `server = "https://${upstream}"\n\n[host."https://${mirror}"]\n  capabilities = ["pull", "resolve"]\n`;
}

function pullSecret(host: string): object {
  const auth = Buffer.from('robot:wrong').toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    metadata: { name: 'pull' },
    stringData: { '.dockerconfigjson': JSON.stringify({ auths: { [host]: { auth } } }) },
  };
}

/**
 * Every way of failing that the lab can stage, with the class that follows from what is staged. Not from what any
 * program makes of the messages.
 *
 * Not here: a registry that takes a request and never answers (host state `hang-http`). containerd 1.6 waits for ever,
 * and the kubelet with it: there is no message, only an Event `Pulling`.
 */
export const cases: readonly Case[] = [
  // The way to the registry.
  { name: 'nxdomain', class: 'dns', image: 'gcr.io/acme/${name}:1.0', hosts: { 'gcr.io': 'nxdomain' } },
  { name: 'servfail', class: 'dns', image: 'ghcr.io/acme/${name}:1.0', hosts: { 'ghcr.io': 'servfail' } },
  { name: 'refused', class: 'connection-refused', image: quay, hosts: { 'quay.io': 'refuse' } },
  { name: 'hang', class: 'connect-timeout', image: hub, hosts: { 'docker.io': 'hang' } },
  {
    name: 'reset',
    class: 'connection-reset',
    image: 'selfsigned.lab/${name}:1.0',
    hosts: { 'selfsigned.lab': 'reset' },
  },
  { name: 'self-signed', class: 'tls-unknown-authority', image: 'selfsigned.lab/${name}:1.0' },
  {
    name: 'expired',
    class: 'tls-cert-invalid',
    image: second,
    hosts: { 'mirror2.lab': 'tls-expired' },
  },
  {
    name: 'wrong-host-name',
    class: 'tls-cert-invalid',
    image: second,
    hosts: { 'mirror2.lab': 'tls-wrong-name' },
  },
  { name: 'plain-http', class: 'http-on-https', image: 'plain.lab/${name}:1.0' },

  // The token service.
  { name: 'token-refused', class: 'connection-refused', image: hub, hosts: { 'auth.docker.io': 'refuse' } },
  { name: 'token-nxdomain', class: 'dns', image: hub, hosts: { 'auth.docker.io': 'nxdomain' } },
  { name: 'token-hang', class: 'connect-timeout', image: hub, hosts: { 'auth.docker.io': 'hang' } },
  {
    name: 'token-401',
    class: 'unauthorized',
    image: hub,
    faults: [onHub({ kind: 'status', status: 401, only: 'token' })],
  },
  {
    name: 'token-503',
    class: 'registry-5xx',
    image: hub,
    faults: [onHub({ kind: 'status', status: 503, only: 'token' })],
  },
  {
    name: 'token-429',
    class: 'rate-limited',
    image: hub,
    faults: [onHub({ kind: 'status', status: 429, only: 'token' })],
  },

  // Who may read.
  {
    name: 'basic-401',
    class: 'unauthorized',
    image: second,
    faults: [onSecond({ kind: 'require-auth' })],
  },
  {
    name: 'bearer-401',
    class: 'unauthorized',
    image: quay,
    faults: [{ host: 'quay.io', repository: 'acme/${name}', kind: 'require-auth' }],
  },
  { name: 'hub-absent', class: 'unauthorized', image: hub, absent: true },
  { name: 'ghcr-absent', class: 'unauthorized', image: 'ghcr.io/acme/${name}:1.0', absent: true },
  { name: 'harbor-private', class: 'unauthorized', image: 'harbor.lab/private/${name}:1.0' },
  {
    name: 'wrong-password',
    class: 'unauthorized',
    image: 'harbor.lab/private/${name}:1.0',
    pod: { imagePullSecrets: [{ name: 'pull' }] },
    manifests: [pullSecret('harbor.lab')],
  },
  {
    name: 'secret-missing',
    class: 'pull-secret-missing',
    image: 'harbor.lab/private/${name}:1.0',
    pod: { imagePullSecrets: [{ name: 'pull' }] },
  },
  {
    name: 'status-403',
    class: 'forbidden',
    image: k8s,
    faults: [{ host: 'registry.k8s.io', repository: '${name}', kind: 'status', status: 403 }],
  },
  {
    name: 'status-403-blob',
    class: 'forbidden',
    image: k8s,
    faults: [{ host: 'registry.k8s.io', repository: '${name}', kind: 'status', status: 403, only: 'blobs' }],
  },

  // What the registry has.
  { name: 'tag-absent', class: 'not-found', image: second, tag: '2.0' },
  { name: 'hub-tag-absent', class: 'not-found', image: hub, tag: '2.0' },
  { name: 'repository-absent', class: 'not-found', image: k8s, absent: true },
  { name: 'digest-absent', class: 'not-found', image: second, digest: `sha256:${'1'.repeat(64)}` },
  {
    name: 'blob-absent',
    class: 'not-found',
    image: second,
    faults: [onSecond({ kind: 'status', status: 404, only: 'blobs' })],
  },
  { name: 'no-platform', class: 'platform-mismatch', image: second, make: { platforms: ['linux/s390x'] } },
  {
    name: 'mirror-lost-platform',
    class: 'platform-mismatch',
    image: second,
    faults: [onSecond({ kind: 'without-platform', platform: 'linux/amd64' })],
  },

  // What it says instead.
  { name: 'rate-limit', class: 'rate-limited', image: hub, faults: [onHub({ kind: 'status', status: 429 })] },
  {
    name: 'rate-limit-until',
    class: 'rate-limited',
    image: second,
    faults: [onSecond({ kind: 'status', status: 429, retryAfterSeconds: 60 })],
  },
  {
    name: 'rate-limit-blob',
    class: 'rate-limited',
    image: second,
    faults: [onSecond({ kind: 'status', status: 429, only: 'blobs' })],
  },
  {
    name: 'status-500',
    class: 'registry-5xx',
    image: second,
    faults: [onSecond({ kind: 'status', status: 500 })],
  },
  {
    name: 'status-502',
    class: 'registry-5xx',
    image: second,
    faults: [onSecond({ kind: 'status', status: 502 })],
  },
  {
    name: 'status-503',
    class: 'registry-5xx',
    image: second,
    faults: [onSecond({ kind: 'status', status: 503 })],
  },
  {
    name: 'status-503-blob',
    class: 'registry-5xx',
    image: second,
    faults: [onSecond({ kind: 'status', status: 503, only: 'blobs' })],
  },
  { name: 'html', class: 'bad-response', image: second, faults: [onSecond({ kind: 'html' })] },
  { name: 'website', class: 'bad-response', image: 'html.lab/acme/${name}:1.0', absent: true },
  // A page is shorter than the blob; containerd 1.6 says no more than that it ended early.
  {
    name: 'html-blob',
    class: 'connection-reset',
    image: second,
    faults: [onSecond({ kind: 'html', only: 'blobs' })],
  },

  // Blobs on their way.
  { name: 'cut-blob', class: 'connection-reset', image: second, faults: [onSecond({ kind: 'reset-blob' })] },
  { name: 'wrong-blob', class: 'digest-mismatch', image: second, faults: [onSecond({ kind: 'wrong-blob' })] },
  {
    name: 'wrong-manifest',
    class: 'digest-mismatch',
    image: second,
    faults: [onSecond({ kind: 'wrong-digest' })],
  },
  {
    name: 'cdn-nxdomain',
    class: 'dns',
    image: second,
    faults: [onSecond({ kind: 'redirect-blobs', to: 'production.cloudflare.docker.com' })],
  },
  {
    name: 'cdn-refused',
    class: 'connection-refused',
    image: second,
    hosts: { 'gcr.io': 'refuse' },
    faults: [onSecond({ kind: 'redirect-blobs', to: 'gcr.io' })],
  },
  {
    name: 'cdn-hang',
    class: 'connect-timeout',
    image: second,
    hosts: { 'gcr.io': 'hang' },
    faults: [onSecond({ kind: 'redirect-blobs', to: 'gcr.io' })],
  },

  // A mirror in the runtime's hosts.toml: which of the two answers is told depends on the runtime.
  {
    name: 'mirror-404-upstream-hangs',
    class: 'connect-timeout',
    image: hub,
    hosts: { 'docker.io': 'hang' },
    node: { registryHosts: { 'docker.io': throughMirror('registry-1.docker.io', 'mirror2.lab') } },
  },
  {
    name: 'mirror-404-upstream-nxdomain',
    class: 'dns',
    image: hub,
    hosts: { 'docker.io': 'nxdomain' },
    node: { registryHosts: { 'docker.io': throughMirror('registry-1.docker.io', 'mirror2.lab') } },
  },
  {
    name: 'mirror-refuses-upstream-404',
    class: 'connection-refused',
    image: hub,
    tag: '2.0',
    hosts: { 'mirror2.lab': 'refuse' },
    node: { registryHosts: { 'docker.io': throughMirror('registry-1.docker.io', 'mirror2.lab') } },
  },
  {
    name: 'mirror-self-signed',
    class: 'tls-unknown-authority',
    image: hub,
    hosts: { 'docker.io': 'nxdomain' },
    node: { registryHosts: { 'docker.io': throughMirror('registry-1.docker.io', 'selfsigned.lab') } },
  },
  {
    name: 'mirror-is-a-website',
    class: 'bad-response',
    image: hub,
    hosts: { 'docker.io': 'nxdomain' },
    node: { registryHosts: { 'docker.io': throughMirror('registry-1.docker.io', 'html.lab') } },
  },

  // The node, and the pod itself.
  {
    name: 'upper-case',
    class: 'invalid-name',
    image: 'quay.io/Acme/${name}:1.0',
    absent: true,
    reason: 'InvalidImageName',
  },
  {
    name: 'scheme-in-name',
    class: 'invalid-name',
    image: 'https://quay.io/acme/${name}:1.0',
    absent: true,
    reason: 'InvalidImageName',
  },
  {
    name: 'never-pull',
    class: 'never-pull-absent',
    image: quay,
    container: { imagePullPolicy: 'Never' },
    reason: 'ErrImageNeverPull',
  },
  {
    name: 'disk-full',
    class: 'disk-full',
    image: second,
    make: { layerBytes: 400_000 },
    node: { lacks: ['disk-space'] },
  },
  {
    name: 'pause-nxdomain',
    class: 'sandbox-image',
    inner: 'dns',
    image: second,
    hosts: { 'registry.k8s.io': 'nxdomain' },
    node: { lacks: ['pause-image'] },
    event: { reason: 'FailedCreatePodSandBox', message: 'sandbox image' },
  },
  {
    name: 'pause-absent',
    class: 'sandbox-image',
    inner: 'not-found',
    image: second,
    hosts: { 'registry.k8s.io': 'up' },
    node: { lacks: ['pause-image'] },
    event: { reason: 'FailedCreatePodSandBox', message: 'sandbox image' },
  },
  {
    name: 'network-absent',
    class: 'dependent-node',
    image: second,
    node: { lacks: ['pod-network'] },
    event: { reason: 'FailedCreatePodSandBox', message: 'cni plugin' },
  },
];
