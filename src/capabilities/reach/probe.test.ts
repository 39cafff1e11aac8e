import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, writeKubeconfig, type ApiServer } from '../../../test/support/apiserver.ts';
import { connectKube, type Kube } from '../../adapters/kube/index.ts';
import { RateGate } from '../../adapters/oci/index.ts';
import { reachedTo, verdictOf } from '../../core/knowledge/reach/index.ts';
import { pullProblem, type EndpointReach, type PullProblem, type ReachStep } from '../../core/model/index.ts';
import { predict, type RunningImage } from './predict.ts';
import { probeProblems } from './probe-problems.ts';
import { RegistryGuard } from '../../access/index.ts';

let folder: string;
let api: ApiServer;
let kube: Kube;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullmend-probe-'));
  api = await startApiServer();
  kube = await connectKube({
    kubeconfig: await writeKubeconfig(folder, api, { namespace: 'shop' }),
    env: {},
  });
});

afterEach(async () => {
  await kube.close();
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

function seen(step?: ReachStep, more: Partial<EndpointReach> = {}): EndpointReach {
  const broken = step === undefined ? undefined : { step, detail: `it breaks at ${step}` };
  return { endpoint: 'https://quay.io', mirror: false, ...reachedTo(broken, [], ['proxy']), ...more };
}

function problem(image: string, evidence = '', nodes = ['n1']): PullProblem {
  const diagnosis = { class: 'dns', confidence: 'certain', mirrorHelps: 'maybe', evidence } as const;
  const status = { diagnosis, others: [], failures: [], pods: 1, owners: [], nodes };
  return pullProblem('p', { image, usages: [] }, status);
}

function deps(here: (name: string, blob?: string) => EndpointReach, over: { readonly kube?: Kube } = {}) {
  return {
    here: async ({ repository }: { readonly repository: string }, blob: string | undefined) =>
      here(repository, blob),
    guard: new RegistryGuard(0),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...over,
  };
}

const digest = 'a'.repeat(64);

describe('probing problems', () => {
  test('without a cluster only this machine is asked; names that no registry knows are not', async () => {
    const asked: (string | undefined)[] = [];
    const problems = [
      problem('quay.io/acme/a:1', `reading blob sha256:${digest}: connection reset`),
      problem('quay.io/acme/b:1', `Get "https://cdn/blobs/sha256/aa/${digest}/data?x": EOF`),
      problem('quay.io/acme/c@sha256:' + digest),
      problem('quay.io/Acme/bad:1'),
    ];
    const { images, leftOut } = await probeProblems(
      problems,
      deps((name, blob) => {
        asked.push(`${name} ${blob === undefined ? 'no blob' : 'blob'}`);
        return seen('tcp');
      }),
    );
    expect(asked).toEqual(['acme/a blob', 'acme/b blob', 'acme/c no blob']);
    expect(images.map(({ verdict }) => verdict)).toEqual(['everywhere', 'everywhere', 'everywhere']);
    expect(leftOut).toEqual({ images: 0, nodes: 0 });
  });

  test('missing rights are told, and it goes on from here', async () => {
    api.deny({ verb: 'create', resource: 'pods' });
    const report = await probeProblems(
      [problem('quay.io/acme/a:1')],
      deps(() => seen(), { kube }),
    );
    expect(report.missing).toEqual(['create pods in kube-system']);
    expect(report.images[0]?.vantages).toMatchObject([
      { node: 'n1', unprobed: { reason: 'forbidden' } },
      { works: true },
    ]);
    expect(api.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/pods'))).toEqual(
      [],
    );
  });

  test('a debug pod that does not start is removed again, and the next image is tried', async () => {
    const conditions = [{ type: 'Ready', status: 'True' }];
    const images = ['a:1', 'b:1'].map((name) => ({ names: [name], sizeBytes: 1 }));
    const nodeInfo = {
      operatingSystem: 'linux',
      architecture: 'amd64',
      containerRuntimeVersion: 'containerd://2.1',
    };
    api.put({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n1' },
      status: { conditions, images, nodeInfo },
    });
    const left = { namespace: 'kube-system', name: 'left', labels: { 'pullmend.dev/node-access': 'true' } };
    api.put({ apiVersion: 'v1', kind: 'Pod', metadata: left, spec: {}, status: { phase: 'Failed' } });
    const started: unknown[] = [];
    api.onWrite(({ object }) => {
      if (object?.kind !== 'Pod' || object.status !== undefined) return;
      started.push((object.spec as { containers: { image: string }[] }).containers[0]?.image);
      const waiting = { reason: 'CreateContainerError', message: 'no /bin/sh' };
      api.put({
        ...object,
        status: { phase: 'Pending', containerStatuses: [{ name: 'host', state: { waiting } }] },
      });
    });
    const report = await probeProblems(
      [problem('quay.io/acme/a:1')],
      deps(() => seen(), { kube }),
    );
    expect(report.images[0]?.vantages[0]).toMatchObject({
      node: 'n1',
      unprobed: { reason: 'not-started', detail: expect.stringContaining('no /bin/sh') },
    });
    expect(started).toEqual(['a:1', 'b:1']);
    expect(api.all('Pod')).toEqual([]);
  });
});

test('the verdict counts only places that could be asked', () => {
  const at = (breaksAt?: ReachStep) => ({
    endpoints: [],
    works: breaksAt === undefined,
    ...(breaksAt && { breaksAt }),
  });
  const unprobed = { endpoints: [], works: false, unprobed: { reason: 'no-curl', detail: '' } } as const;
  expect(verdictOf([at('dns'), at('dns'), unprobed])).toBe('everywhere');
  expect(verdictOf([at('dns'), at('tls')])).toBe('differs');
  expect(verdictOf([at('dns'), at()])).toBe('differs');
  expect(verdictOf([at(), unprobed])).toBe('works');
  expect(verdictOf([unprobed])).toBe('unknown');
});

describe('a registry that limits the rate', () => {
  test('is left alone for as long as it says, by all; others are asked', async () => {
    let now = 0;
    const guard = new RegistryGuard(0, new RateGate(() => now));
    let asked = 0;
    const limited = async () => {
      asked += 1;
      return seen('manifest', { outcome: 'rate-limited', retryAfter: 120 });
    };
    const answers = await Promise.all([1, 2, 3].map(() => guard.ask('https://quay.io', limited)));
    expect(asked).toBe(1);
    expect(answers.map(({ outcome, retryAfter }) => [outcome, retryAfter])).toEqual(
      Array(3).fill(['rate-limited', 120]),
    );
    await guard.ask('https://ghcr.io', limited);
    expect(asked).toBe(2);
    now = 120_000;
    await guard.ask('https://quay.io', limited);
    expect(asked).toBe(3);
  });
});

describe('what will fail', () => {
  function running(image: string): RunningImage {
    const pullSecrets = { namespace: 'shop', names: [] };
    return { image, pods: 2, nodes: ['n1'], owners: async () => [], pullSecrets };
  }

  test("only the registry's own word counts", async () => {
    const outcomes = { gone: 'absent', private: 'unauthorized', far: 'unreachable' } as const;
    const ask = async ({ repository }: { readonly repository: string }) => {
      const outcome = Object.entries(outcomes).find(([name]) => repository.endsWith(name))?.[1];
      return outcome === undefined ? seen() : seen('manifest', { outcome });
    };
    const images = ['gone', 'private', 'far', 'fine'].map((name) => running(`quay.io/acme/${name}:1`));
    const found = await predict(images, { ask, guard: new RegistryGuard(0), onProgress: () => undefined });
    expect(found.images).toBe(4);
    expect(found.foreseen.map(({ image, class: name, confidence }) => [image, name, confidence])).toEqual([
      ['quay.io/acme/gone:1', 'not-found', 'certain'],
      ['quay.io/acme/private:1', 'unauthorized', 'likely'],
    ]);
    expect(found.unknown).toEqual([{ image: 'quay.io/acme/far:1', detail: 'it breaks at manifest' }]);
  });
});
