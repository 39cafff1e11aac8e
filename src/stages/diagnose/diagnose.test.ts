import { describe, expect, test } from 'vitest';
import type { Chain, Inventory, ObjectRef, Probe, PullFailure, Usage } from '../../core/model/index.ts';
import { chainsWithoutImage, diagnose, diagnoseFiles } from './index.ts';

const empty: Inventory = {
  nodes: 2,
  usages: [],
  failures: [],
  workloads: [],
  files: [],
  platforms: ['linux/amd64'],
  knownDigests: {},
};

function object(kind: string, name: string): ObjectRef {
  return { apiVersion: 'v1', kind, namespace: 'shop', name };
}

function failure(pod: string, image: string, message: string, more: Partial<PullFailure> = {}): PullFailure {
  return {
    pod: object('Pod', pod),
    node: 'node-1',
    place: 'container',
    container: 'web',
    image,
    reason: 'ErrImagePull',
    message,
    source: 'waiting',
    pullSecrets: [],
    owner: object('Deployment', 'web'),
    ...more,
  };
}

function usage(image: string, reference?: string): Usage {
  const named = {
    image,
    place: 'container',
    name: 'web',
    object: object('Deployment', 'web'),
    path: '/x',
  } as const;
  return reference === undefined ? named : { ...named, reference };
}

const timeout =
  'failed to do request: Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp 1.2.3.4:443: i/o timeout';
const redis = 'docker.io/library/redis:7';

test('a chain belongs to the image of the pod at its end; without one it stands alone', () => {
  const link = (kind: string, name: string) => ({ object: object(kind, name), symptom: '' });
  const toHelper: Chain = {
    class: 'dependent-storage',
    links: [link('Pod', 'db-0'), link('PersistentVolumeClaim', 'data'), link('Pod', 'helper')],
  };
  const nowhere: Chain = { class: 'no-storage-class', links: [link('PersistentVolumeClaim', 'other')] };
  const inventory = {
    ...empty,
    failures: [failure('helper', 'redis:7', timeout)],
    chains: [toHelper, nowhere],
  };
  expect(diagnose(inventory).map(({ status }) => status.chains)).toEqual([[toHelper]]);
  expect(chainsWithoutImage(inventory)).toEqual([nowhere]);
});

describe('diagnose', () => {
  test('what waits behind a failing init container shares a cause of the registry, or of the very image', () => {
    const next = { reason: 'PodInitializing', container: 'next' };
    const missing = 'docker.io/library/redis:7: not found';
    const found = diagnose({
      ...empty,
      failures: [
        failure('a', 'redis:7', timeout),
        failure('a', 'nginx:1', '', next),
        failure('b', 'redis:8', missing.replace(':7', ':8')),
        failure('b', 'redis:8', '', next),
        failure('b', 'httpd:2', '', next),
      ],
    });
    expect(
      found.map(({ spec, status }) => [spec.image, status.diagnosis.class, status.failures.length]),
    ).toEqual([
      ['docker.io/library/nginx:1', 'connect-timeout', 1],
      ['docker.io/library/redis:7', 'connect-timeout', 1],
      ['docker.io/library/redis:8', 'not-found', 2],
    ]);
  });

  test('one problem per image, however it is written, over pods, owners and nodes', () => {
    const failures = [
      failure('a', 'redis:7', timeout, { since: '2026-01-02T00:00:00Z' }),
      failure('a', 'docker.io/library/redis:7', timeout, { container: 'sidecar' }),
      failure('b', 'docker.io/redis:7', timeout, {
        node: 'node-2',
        since: '2026-01-01T00:00:00Z',
        owner: object('Job', 'j'),
      }),
      failure('c', 'ghcr.io/a/b:1', 'ghcr.io/a/b:1: not found'),
    ];
    const problems = diagnose({
      ...empty,
      failures,
      usages: [usage('redis:7', redis), usage('ghcr.io/a/b:1', 'ghcr.io/a/b:1')],
    });
    expect(problems.map(({ spec, status }) => [spec.image, status.diagnosis.class, status.pods])).toEqual([
      [redis, 'connect-timeout', 2],
      ['ghcr.io/a/b:1', 'not-found', 1],
    ]);
    const [first] = problems;
    expect(first?.spec.usages).toHaveLength(1);
    expect(first?.status).toMatchObject({ nodes: ['node-1', 'node-2'], since: '2026-01-01T00:00:00Z' });
    expect(first?.status.owners.map((owner) => owner.kind)).toEqual(['Deployment', 'Job']);
    expect(first?.status.failures).toHaveLength(3);
  });

  test('the decisive cause, with the others beside it', () => {
    const failures = [
      failure('a', 'redis:7', 'Back-off pulling image "redis:7"', { reason: 'ImagePullBackOff' }),
      failure('b', 'redis:7', 'docker.io/library/redis:7: not found', { node: 'node-2' }),
      failure('c', 'redis:7', timeout),
    ];
    const [problem] = diagnose({ ...empty, failures });
    expect(problem?.status.diagnosis.class).toBe('connect-timeout');
    expect(problem?.status.others.map((other) => other.class)).toEqual(['not-found']);
  });

  test('does not depend on the order of the pods', () => {
    const failures = ['c', 'a', 'b'].map((pod) => failure(pod, 'redis:7', timeout, { node: `node-${pod}` }));
    const strip = (list: readonly PullFailure[]) =>
      diagnose({ ...empty, failures: list }).map(({ metadata, spec, status }) => ({
        metadata,
        spec,
        status: { ...status, failures: status.failures.length },
      }));
    expect(strip(failures.toReversed())).toEqual(strip(failures));
    expect(diagnose({ ...empty, failures })[0]?.metadata.name).toMatch(/^p-[a-f0-9]{10}$/);
  });

  test('a name that does not parse stands as written', () => {
    const failures = [
      failure('a', 'None:None', 'invalid reference format: repository name must be lowercase', {
        reason: 'InvalidImageName',
      }),
    ];
    const [problem] = diagnose({ ...empty, failures, usages: [usage('None:None')] });
    expect(problem?.spec).toMatchObject({ image: 'None:None', usages: [{ image: 'None:None' }] });
    expect(problem?.status.diagnosis.class).toBe('invalid-name');
  });

  test('of a sandbox the pause image is to blame', () => {
    const message =
      'Failed to create pod sandbox: failed to get sandbox image "registry.k8s.io/pause:3.8": failed to pull image "registry.k8s.io/pause:3.8": dial tcp: lookup registry.k8s.io: no such host';
    const [problem] = diagnose({
      ...empty,
      failures: [failure('a', 'redis:7', message, { reason: 'FailedCreatePodSandBox' })],
    });
    expect(problem?.spec.image).toBe('registry.k8s.io/pause:3.8');
    expect(problem?.status.diagnosis).toMatchObject({ class: 'sandbox-image', inner: 'dns' });
  });

  test('a missing pull secret of one pod does not hide the cause of all', () => {
    const secretWarning =
      'Unable to retrieve some image pull secrets (regcred); attempting to pull the image may not succeed.';
    const failures = [failure('a', 'quay.io/a/b:1', 'unauthorized: access denied', { secretWarning })];
    expect(diagnose({ ...empty, failures })[0]?.status.diagnosis.class).toBe('pull-secret-missing');
  });

  test('nothing fails, nothing is told', () => {
    expect(diagnose(empty)).toEqual([]);
  });
});

describe('diagnoseFiles', () => {
  const origin = (outcome: Probe['outcome'], detail: string): Probe => ({
    reference: redis,
    outcome,
    platforms: [],
    platformDigests: {},
    detail,
  });

  test('one problem per image that its origin does not serve', () => {
    const inventory = {
      ...empty,
      usages: [usage('redis:7', redis), usage('redis', redis), usage('ok', 'docker.io/library/ok:latest')],
    };
    const supplies = [
      {
        image: redis,
        origin: origin('unreachable', 'GET https://registry-1.docker.io/v2/ → no such host'),
        candidates: [],
      },
      { image: 'docker.io/library/ok:latest', origin: origin('works', ''), candidates: [] },
    ];
    const problems = diagnoseFiles(inventory, supplies);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      spec: { image: redis, usages: [{ image: 'redis:7' }, { image: 'redis' }] },
      status: { pods: 0, diagnosis: { class: 'dns', confidence: 'likely', mirrorHelps: 'yes' } },
    });
  });
});
