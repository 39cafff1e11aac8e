import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { getFromApi } from './api.ts';
import { startDaemon, waitUntil, type Daemon } from './host/daemon.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { labPaths } from './paths.ts';
import { pkiFile } from './pki.ts';
import { CONTROL_PLANE_ADDRESS, PRIVATE_LOOPBACK, SERVICE_SUBNET } from './topology.ts';

/** Five seconds on two idle cores; slow disks and busy machines take longer. */
const API_TIMEOUT_MS = 90_000;
const ETCD_CLIENT_URL = `http://${PRIVATE_LOOPBACK}:2379`;
const ETCD_PEER_URL = `http://${PRIVATE_LOOPBACK}:2380`;

/** etcd and the API server, started and answering. */
export async function startApiServer(signal?: AbortSignal): Promise<Daemon[]> {
  const daemons = [startEtcd(), startKubeApiServer()];
  await waitUntil(async () => (await getFromApi('/readyz')) === 'ok', {
    what: 'answer from the API server',
    timeoutMs: API_TIMEOUT_MS,
    daemons,
    signal,
  });
  return daemons;
}

/** The controller-manager and the scheduler; the API server must answer. */
export function startControllers(): Daemon[] {
  return [
    start('kube-controller-manager', {
      kubeconfig: writeKubeconfig('controller-manager'),
      'bind-address': PRIVATE_LOOPBACK,
      'leader-elect': 'false',
      'use-service-account-credentials': 'true',
      'service-account-private-key-file': pkiFile('service-account.key'),
      'root-ca-file': pkiFile('ca.crt'),
      // It makes this folder where it does not exist, by default below /usr.
      'flex-volume-plugin-dir': join(labPaths().runDir, 'volume-plugins'),
      'cluster-signing-cert-file': pkiFile('ca.crt'),
      'cluster-signing-key-file': pkiFile('ca.key'),
      // The default of 20 requests a second makes scenarios that run side by side wait for each other.
      'kube-api-qps': '100',
      'kube-api-burst': '200',
    }),
    start('kube-scheduler', {
      kubeconfig: writeKubeconfig('scheduler'),
      'bind-address': PRIVATE_LOOPBACK,
      'leader-elect': 'false',
    }),
  ];
}

function startEtcd(): Daemon {
  return start('etcd', {
    'data-dir': join(labPaths().runDir, 'etcd'),
    'listen-client-urls': ETCD_CLIENT_URL,
    'advertise-client-urls': ETCD_CLIENT_URL,
    'listen-peer-urls': ETCD_PEER_URL,
    'initial-advertise-peer-urls': ETCD_PEER_URL,
    'initial-cluster': `default=${ETCD_PEER_URL}`,
    'log-level': 'warn',
    // The data does not outlive the lab.
    'unsafe-no-fsync': 'true',
  });
}

function startKubeApiServer(): Daemon {
  return start('kube-apiserver', {
    'etcd-servers': ETCD_CLIENT_URL,
    'bind-address': CONTROL_PLANE_ADDRESS,
    'advertise-address': CONTROL_PLANE_ADDRESS,
    'service-cluster-ip-range': SERVICE_SUBNET,
    'tls-cert-file': pkiFile('kube-apiserver.crt'),
    'tls-private-key-file': pkiFile('kube-apiserver.key'),
    'client-ca-file': pkiFile('ca.crt'),
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'allow-privileged': 'true',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': pkiFile('service-account.pub'),
    'service-account-signing-key-file': pkiFile('service-account.key'),
    // Without these logs and exec answer Unauthorized.
    'kubelet-client-certificate': pkiFile('kubelet-client.crt'),
    'kubelet-client-key': pkiFile('kubelet-client.key'),
    'kubelet-certificate-authority': pkiFile('ca.crt'),
    'kubelet-preferred-address-types': 'InternalIP',
    'endpoint-reconciler-type': 'none',
    // There is no kube-proxy: the API server itself finds the pods behind a webhook's Service.
    'enable-aggregator-routing': 'true',
    'feature-gates': 'MutatingAdmissionPolicy=true',
    'runtime-config': 'admissionregistration.k8s.io/v1beta1=true',
  });
}

/** Starts one of the built programs; its flags are all `--name=value`. */
function start(program: string, flags: Readonly<Record<string, string>>): Daemon {
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  return startDaemon(program, { command: join(labPaths().binDir, program), args });
}

function writeKubeconfig(certificate: string): string {
  const file = pkiFile(`${certificate}.kubeconfig`);
  writeFileSync(file, kubeconfigFor(certificate), { mode: 0o600 });
  return file;
}
