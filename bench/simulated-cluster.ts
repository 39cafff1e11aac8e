import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { createProgress, ensureBinaries, ensureProgram } from '../lab/cluster/index.ts';

/** The lab's etcd and API server on loopback, without nodes: kwok says what kubelets would say. */
export type SimulatedCluster = {
  readonly kubeconfig: string;
  readonly kubectl: string;
  /** Adds an object to its collection: `/api/v1/nodes`. */
  readonly create: (collection: string, object: object) => Promise<void>;
  readonly get: (path: string) => Promise<unknown>;
  /** How many reads and lists a program has asked for, by the name it gives (`User-Agent`), up to now. */
  readonly requestsOf: (agent: string) => Promise<number>;
  readonly stop: () => Promise<void>;
};

const readyWithinMs = 60_000;
const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
  - { level: Metadata, verbs: [get, list] }
  - { level: None }
`;

/** Whoever has the one token may do anything. Builds etcd, Kubernetes and kwok when they have not been built before. */
export async function startSimulatedCluster(): Promise<SimulatedCluster> {
  const progress = createProgress();
  const bin = await ensureBinaries(progress);
  const kwok = join(await ensureProgram('kwok', progress), 'kwok');
  const home = await mkdtemp(join(tmpdir(), 'bench-cluster-'));
  const [port, store, peers] = await freePorts();
  const server = `https://127.0.0.1:${port}`;
  const token = randomBytes(16).toString('hex');
  await writeSettings(home, server, token);
  const programs = programsIn(home);
  const api = clientOf(server, token);
  const stop = async (): Promise<void> => {
    await programs.stop();
    await api.close();
    await rm(home, { recursive: true });
  };
  const kubeconfig = join(home, 'kubeconfig');
  try {
    await programs.start(join(bin, 'etcd'), etcdFlags(home, store, peers));
    await programs.start(join(bin, 'kube-apiserver'), apiServerFlags(home, port, store));
    await answers(api.send);
    await programs.start(kwok, {
      kubeconfig,
      config: join(import.meta.dirname, 'simulated-cluster.stages.yaml'),
      'manage-all-nodes': 'true',
      'node-lease-duration-seconds': '0',
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    kubeconfig,
    kubectl: join(bin, 'kubectl'),
    create: async (collection, object) => void (await api.send(collection, object)),
    get: async (url) => JSON.parse(await api.send(url)) as unknown,
    requestsOf: async (agent) =>
      (await readFile(join(home, 'audit.log'), 'utf8')).split(`"userAgent":"${agent}`).length - 1,
    stop,
  };
}

async function writeSettings(home: string, server: string, token: string): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secret = { mode: 0o600 };
  await writeFile(join(home, 'sa.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }), secret);
  await writeFile(join(home, 'sa.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(join(home, 'tokens'), `${token},bench,bench,system:masters\n`, secret);
  await writeFile(join(home, 'policy.yaml'), auditPolicy);
  await writeFile(join(home, 'kubeconfig'), kubeconfigOf(server, token), secret);
}

type Flags = Readonly<Record<string, string>>;

function etcdFlags(home: string, port: number, peers: number): Flags {
  const [clientUrl, peerUrl] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peers}`];
  return {
    'data-dir': join(home, 'etcd'),
    'listen-client-urls': clientUrl,
    'advertise-client-urls': clientUrl,
    'listen-peer-urls': peerUrl,
    'initial-advertise-peer-urls': peerUrl,
    'initial-cluster': `default=${peerUrl}`,
    'unsafe-no-fsync': 'true',
  };
}

function apiServerFlags(home: string, port: number, store: number): Flags {
  return {
    'etcd-servers': `http://127.0.0.1:${store}`,
    'bind-address': '127.0.0.1',
    'secure-port': `${port}`,
    'cert-dir': join(home, 'certificates'),
    'token-auth-file': join(home, 'tokens'),
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': join(home, 'sa.pub'),
    'service-account-signing-key-file': join(home, 'sa.key'),
    'service-cluster-ip-range': '10.96.0.0/16',
    'disable-admission-plugins': 'ServiceAccount',
    'endpoint-reconciler-type': 'none',
    'audit-policy-file': join(home, 'policy.yaml'),
    'audit-log-path': join(home, 'audit.log'),
    // Its limits are for many clients; here one fills it as fast as it can.
    'max-requests-inflight': '0',
    'max-mutating-requests-inflight': '0',
    'enable-priority-and-fairness': 'false',
  };
}

/** Starts programs whose output goes to `NAME.log`, and ends them in the opposite order. */
function programsIn(home: string) {
  const children: ChildProcess[] = [];
  return {
    start: async (program: string, flags: Flags): Promise<void> => {
      const log = await open(join(home, `${basename(program)}.log`), 'a');
      const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
      children.push(spawn(program, args, { stdio: ['ignore', log.fd, log.fd], cwd: home }));
      await log.close();
    },
    stop: async (): Promise<void> => {
      for (const child of children.toReversed()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
  };
}

function clientOf(server: string, token: string) {
  // The API server signs its own certificate.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });
  return {
    /** GET, or POST of an object. */
    send: async (url: string, object?: object): Promise<string> => {
      const { statusCode, body } = await request(server + url, {
        dispatcher,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(object === undefined ? {} : { method: 'POST', body: JSON.stringify(object) }),
      });
      const text = await body.text();
      if (statusCode >= 300) throw new Error(`${url}: ${statusCode} ${text}`);
      return text;
    },
    close: () => dispatcher.close(),
  };
}

async function answers(send: (url: string) => Promise<string>): Promise<void> {
  const end = Date.now() + readyWithinMs;
  for (;;) {
    const answer = await send('/readyz').catch(String);
    if (answer === 'ok') return;
    if (Date.now() > end) throw new Error(`no API server after ${readyWithinMs / 1000} s: ${answer}`);
    await pause(200);
  }
}

function kubeconfigOf(server: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters: [{ name: bench, cluster: { server: "${server}", insecure-skip-tls-verify: true } }]
users: [{ name: bench, user: { token: "${token}" } }]
contexts: [{ name: bench, context: { cluster: bench, user: bench } }]
current-context: bench
`;
}

/** Three ports that nobody has at this moment. */
async function freePorts(): Promise<readonly [number, number, number]> {
  const servers = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const [first = 0, second = 0, third = 0] = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
  return [first, second, third];
}
