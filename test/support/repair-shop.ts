import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectKube, type Kube } from '../../src/adapters/kube/index.ts';
import type {
  CopyImageStep,
  EditFileStep,
  JsonObject,
  PatchStep,
  PullSecretStep,
  Receipt,
  RecordStore,
  RecreateStep,
  RepairPlan,
  RepairRecord,
  RunState,
  Step,
} from '../../src/core/model/index.ts';
import type { StepTools } from '../../src/steps/index.ts';
import { startApiServer, writeKubeconfig, type ApiServer } from './apiserver.ts';
import { stepTools } from './step-tools.ts';

/** An API server in this process, connected to as a command is. */
export type Shop = {
  readonly server: ApiServer;
  readonly kube: Kube;
  readonly tools: StepTools;
  /** What was really written, oldest first: `PATCH deployments/web`; trials and reviews do not count. */
  readonly writes: () => readonly string[];
  readonly close: () => Promise<void>;
};

export async function openShop(given: Partial<StepTools> = {}): Promise<Shop> {
  const server = await startApiServer();
  const folder = await mkdtemp(join(tmpdir(), 'pullmend-shop-'));
  const kube = await connectKube({ kubeconfig: await writeKubeconfig(folder, server), env: {} });
  return {
    server,
    kube,
    tools: stepTools({ api: kube, list: async (kind, where) => await kube.list(kind, where), ...given }),
    writes: () =>
      server.requests
        .filter(({ method, path }) => method !== 'GET' && !path.endsWith('reviews'))
        .filter(({ query, body }) => !query.has('dryRun') && !JSON.stringify(body ?? '').includes('"dryRun"'))
        .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`),
    close: async () => {
      await kube.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Files in memory, what was written to them, and the outside world that has only them. */
export function memoryFiles(content: Readonly<Record<string, string>>) {
  const texts = new Map(Object.entries(content));
  const written: string[] = [];
  const tools = stepTools({
    files: {
      read: async (path) => {
        const text = texts.get(path);
        if (text === undefined) throw new Error(`${path} is not there`);
        return await Promise.resolve({ text, sha256: sha256(text) });
      },
      write: async (path, text) => {
        texts.set(path, text);
        written.push(path);
        await Promise.resolve();
      },
    },
    readImage: async () => await Promise.resolve(),
  });
  return { tools, written, text: (path: string) => texts.get(path) };
}

/** Records in memory, and in which order they were written: `create`, `s1 applied`, `state verified`. */
export function memoryRecords(log: string[] = []) {
  const receipts = new Map<string, Receipt>();
  let state: RunState | undefined;
  let created: RepairRecord | undefined;
  const refuse = async (): Promise<never> => await Promise.reject(new Error('nothing asks for this'));
  const store: RecordStore = {
    create: async (record) => {
      created = record;
      log.push('create');
      await Promise.resolve();
    },
    setReceipt: async (_, receipt) => {
      receipts.set(receipt.step.id, receipt);
      log.push(`${receipt.step.id} ${receipt.state}`);
      await Promise.resolve();
    },
    setState: async (_, next) => {
      state = next;
      log.push(`state ${next}`);
      await Promise.resolve();
    },
    load: refuse,
    list: async () => await Promise.resolve([]),
    remove: refuse,
  };
  return { store, log, receipts, state: () => state, created: () => created };
}

export function planOf(steps: readonly Step[], spec: Partial<RepairPlan['spec']> = {}): RepairPlan {
  return {
    apiVersion: 'pullmend.dev/v1alpha1',
    kind: 'RepairPlan',
    metadata: { name: 'r-1', createdAt: '2026-01-01T00:00:00Z' },
    spec: { replacements: [], steps, unmended: [], ...spec },
  };
}

const web = { place: 'container', container: 'web', imageBefore: 'web:1', imageAfter: 'm/web:1' } as const;
export const imagePath = '/spec/template/spec/containers/0/image';

/** The step that gives the Deployment `web` its copy. */
export function patchStep(more: Partial<PatchStep> = {}): PatchStep {
  return {
    id: 's1',
    kind: 'patch',
    object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    needs: [],
    expect: [web],
    changes: [{ path: imagePath, before: 'web:1', after: 'm/web:1' }],
    ...more,
  };
}

/** The step that copies `web:1` to its mirror. */
export function copyStep(id: string): CopyImageStep {
  return {
    id,
    kind: 'copy-image',
    object: { apiVersion: 'v1', kind: 'Image', namespace: 'shop', name: 'm/web:1' },
    needs: [],
    expect: [],
    source: 'web:1',
    target: 'm/web:1',
    mirror: 'm',
    digest: `sha256:${'a'.repeat(64)}`,
  };
}

/** The step that gives the namespace its pull secret `pullmend-m`. */
export function secretStep(id: string): PullSecretStep {
  return {
    id,
    kind: 'pull-secret',
    object: { apiVersion: 'v1', kind: 'Secret', namespace: 'shop', name: 'pullmend-m' },
    needs: [],
    expect: [],
    mirror: 'm',
    host: 'm',
    source: { from: 'anonymous' },
  };
}

/** That secret, as a run made it; without a run, as somebody else did. */
export function secretOf(run?: string): JsonObject {
  const annotations = run === undefined ? {} : { 'pullmend.dev/run': run };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'shop', name: 'pullmend-m', annotations },
    data: { '.dockerconfigjson': 'e30=' },
  };
}

/** The pod `one` that nobody owns. */
export function pod(image: string, metadata: JsonObject = {}, status: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name: 'one', ...metadata },
    spec: { containers: [{ name: 'web', image }] },
    status,
  };
}

/** The step that makes that pod anew with its copy. */
export function recreateStep(more: Partial<RecreateStep> = {}): RecreateStep {
  return {
    id: 's1',
    kind: 'recreate',
    object: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'one' },
    needs: [],
    expect: [web],
    before: pod('web:1'),
    after: pod('m/web:1'),
    ...more,
  };
}

export function deployment(image: string, more: JsonObject = {}, status: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web', ...more },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'web' } },
      template: { spec: { containers: [{ name: 'web', image }] } },
    },
    status,
  };
}

export function imageOf(object: JsonObject | undefined): unknown {
  const spec = object?.spec as { template?: { spec: PodSpec } } & Partial<PodSpec>;
  return (spec.template?.spec ?? spec).containers?.[0]?.image;
}

type PodSpec = { readonly containers?: readonly { readonly image?: unknown }[] };

/** The step that writes `m/web:1` over the `web:1` with which a file begins. */
export function editStep(id: string, file: string, text: string, more: Partial<EditFileStep> = {}) {
  const step: EditFileStep = {
    id,
    kind: 'edit-file',
    object: { apiVersion: 'v1', kind: 'File', name: file },
    needs: [],
    expect: [web],
    file,
    sha256: sha256(text),
    edits: [{ file, line: 1, column: 1, offset: 0, length: 5, before: 'web:1', after: 'm/web:1' }],
    ...more,
  };
  return step;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
