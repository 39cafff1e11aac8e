import { describe, expect, test } from 'vitest';
import {
  type Candidate,
  type FailureClass,
  type Identity,
  type Inventory,
  type JsonObject,
  type Mirror,
  type ObjectRef,
  type PullFailure,
  type PullPolicy,
  pullProblem,
  type PullProblem,
  type Supply,
  type Usage,
  type Workload,
} from '../../core/model/index.ts';
import { plan, type PlanOptions } from './index.ts';

const image = 'docker.io/library/web:1';
const copy = 'harbor.lab/proxy/library/web:1';

const proxy: Mirror = {
  name: 'proxy',
  match: ['docker.io/**'],
  scheme: 'harbor-proxy',
  at: 'harbor.lab/proxy',
  writable: false,
  credentials: { from: 'anonymous' },
  nodesHaveCredentials: false,
  plainHttp: false,
};

type Given = {
  readonly workload: Workload;
  readonly place?: Usage['place'];
  readonly path?: string;
  readonly within?: Usage['within'];
  readonly policy?: PullPolicy;
  readonly cause?: FailureClass;
  readonly identity?: Identity;
  readonly usable?: boolean;
  readonly outcome?: Candidate['probe']['outcome'];
  readonly mirror?: Mirror;
  readonly options?: Partial<PlanOptions>;
  /** Nodes that have the image; the pod fails on `n`. */
  readonly onNodes?: readonly string[];
};

function planFor(given: Given) {
  const mirror = given.mirror ?? proxy;
  const usage: Usage = {
    image: 'web:1',
    reference: image,
    place: given.place ?? 'container',
    name: 'c',
    object: given.workload.ref,
    path: given.path ?? `${given.workload.podSpecPath}/containers/0/image`,
    ...(given.policy === undefined ? {} : { pullPolicy: given.policy }),
    ...(given.within === undefined ? {} : { within: given.within }),
  };
  const inventory: Inventory = {
    cluster: { context: 'lab', server: 'https://10.89.0.1:6443', version: 'v1.34.4' },
    nodes: 2,
    usages: [usage],
    failures: [],
    workloads: [given.workload],
    files: [],
    platforms: ['linux/amd64'],
    knownDigests: {},
  };
  return plan({
    name: 'r-1',
    createdAt: '2026-01-01T00:00:00Z',
    inventory,
    problems: [problem(usage, given.cause ?? 'dns', given.onNodes)],
    supplies: [supply(mirror.name, given)],
    mirrors: { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors: [mirror] },
    options: { allowUnverified: false, ...given.options },
  }).spec;
}

function problem(usage: Usage, cause: FailureClass, onNodes?: readonly string[]): PullProblem {
  const diagnosis = { class: cause, confidence: 'certain', mirrorHelps: 'yes', evidence: '' } as const;
  const status = { diagnosis, others: [], failures: [], pods: 1, owners: [usage.object], nodes: ['n'] };
  if (onNodes === undefined) return pullProblem('p', { image, usages: [usage] }, status);
  const pod = { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'web-1' };
  const failure: PullFailure = {
    pod,
    owner: usage.object,
    node: 'n',
    place: 'container',
    container: 'c',
    image,
    reason: 'ErrImagePull',
    source: 'waiting',
    message: '',
    pullSecrets: [],
  };
  return pullProblem('p', { image, usages: [usage] }, { ...status, onNodes, failures: [failure] });
}

function supply(mirror: string, given: Given): Supply {
  const outcome = given.outcome ?? 'works';
  const probe = { reference: copy, outcome, platforms: ['linux/amd64'], platformDigests: {}, detail: '' };
  const identity = given.identity ?? 'same';
  const usable = given.usable ?? (outcome === 'works' && identity !== 'different');
  return {
    image,
    origin: { ...probe, reference: image, outcome: 'unreachable' },
    candidates: [{ mirror, reference: copy, probe, identity, missingPlatforms: [], usable }],
  };
}

function workload(kind: string, object: JsonObject = {}, more: Partial<Workload> = {}): Workload {
  const podSpecPath = kind === 'Pod' ? '/spec' : '/spec/template/spec';
  const podSpec = { containers: [{ name: 'c', image: 'web:1', imagePullPolicy: 'Always' }] };
  const { spec, ...rest } = object;
  const ref: ObjectRef = { apiVersion: 'apps/v1', kind, namespace: 'shop', name: 'web', uid: 'u1' };
  const merged =
    kind === 'Pod'
      ? { ...podSpec, ...(spec as JsonObject) }
      : { template: { spec: podSpec }, ...(spec as JsonObject) };
  return {
    ref,
    object: {
      apiVersion: 'apps/v1',
      kind,
      metadata: { namespace: 'shop', name: 'web', uid: 'u1' },
      spec: merged,
      ...rest,
    },
    podSpecPath,
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
    ...more,
  };
}

function stuck(name: string) {
  return { ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name, uid: name }, images: {} };
}

describe('controllers', () => {
  test('a Deployment is patched at its template, guarded by the old image and the container name', () => {
    const { steps, replacements, unmended } = planFor({ workload: workload('Deployment') });
    expect(unmended).toEqual([]);
    expect(replacements).toMatchObject([{ image, with: copy, mirror: 'proxy', identity: 'same' }]);
    expect(steps).toMatchObject([
      {
        id: 's1',
        kind: 'patch',
        changes: [
          {
            path: '/spec/template/spec/containers/0/image',
            before: 'web:1',
            after: copy,
            guard: { path: '/spec/template/spec/containers/0/name', value: 'c' },
          },
        ],
      },
    ]);
  });

  test('a paused Deployment is left alone', () => {
    const { steps, unmended } = planFor({ workload: workload('Deployment', { spec: { paused: true } }) });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason: 'paused', image }]);
  });

  test('a StatefulSet is patched, then its stuck pods are deleted from the highest ordinal down', () => {
    const { steps } = planFor({
      workload: workload('StatefulSet', {}, { stuckPods: [stuck('web-2'), stuck('web-10')] }),
    });
    expect(steps.map((step) => [step.id, step.kind, step.needs])).toEqual([
      ['s1', 'patch', []],
      ['s2', 'replace-pods', ['s1']],
    ]);
    expect(steps[1]).toMatchObject({ pods: [{ name: 'web-10' }, { name: 'web-2' }] });
  });

  test('a stuck pod below the partition would come back from the old template', () => {
    const object = { spec: { updateStrategy: { rollingUpdate: { partition: 2 } } } };
    const { steps, unmended } = planFor({
      workload: workload('StatefulSet', object, { stuckPods: [stuck('web-1')] }),
    });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason: 'partition' }]);
  });

  test.each([
    [{ spec: { updateStrategy: { type: 'OnDelete' } } }, ['patch', 'replace-pods']],
    [{}, ['patch']],
  ])('a DaemonSet %j needs %j', (object, kinds) => {
    const { steps } = planFor({ workload: workload('DaemonSet', object, { stuckPods: [stuck('web-a')] }) });
    expect(steps.map((step) => step.kind)).toEqual(kinds);
  });

  test('a kind without a remedy, and one that a controller puts back, are left alone', () => {
    expect(planFor({ workload: workload('Widget') }).unmended).toMatchObject([{ reason: 'unknown-owner' }]);
    const managers = [{ by: 'controller', kind: 'Prometheus', name: 'k8s', effect: 'reverts' }] as const;
    const { unmended } = planFor({ workload: workload('StatefulSet', {}, { managers }) });
    expect(unmended).toMatchObject([
      { reason: 'managed', manager: { by: 'controller', kind: 'Prometheus', name: 'k8s' } },
    ]);
  });

  test('a Helm release is patched with a word about its next upgrade', () => {
    const managers = [{ by: 'helm', namespace: 'shop', name: 'web', effect: 'overwrites' }] as const;
    const { steps } = planFor({ workload: workload('Deployment', {}, { managers }) });
    expect(steps).toMatchObject([
      { kind: 'patch', overwrittenBy: { by: 'helm', namespace: 'shop', name: 'web' } },
    ]);
  });

  test('a template that names another image already is not touched', () => {
    const object = { spec: { template: { spec: { containers: [{ name: 'c', image: 'web:2' }] } } } };
    const { steps, unmended } = planFor({ workload: workload('Deployment', object) });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason: 'old-revision' }]);
  });
});

describe('settings of a storage provisioner', () => {
  const text = 'spec:\n  containers:\n    - image: web:1 # helper\n';
  const pods = [stuck('helper-pod-1').ref];
  const claims = [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-db-0' }];
  const setting: Workload = {
    ref: { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'storage', name: 'config', uid: 'c1' },
    object: { apiVersion: 'v1', kind: 'ConfigMap', data: { 'helperPod.yaml': text } },
    podSpecPath: '',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
    provisions: { pods, readers: [], claims },
  };

  test('the image inside a text is replaced and nothing else, the blocking pod goes, claims are the proof', () => {
    const { steps } = planFor({
      workload: setting,
      path: '/data/helperPod.yaml',
      within: { offset: text.indexOf('web:1'), length: 'web:1'.length },
    });
    expect(steps).toMatchObject([
      {
        kind: 'patch',
        claims,
        changes: [{ path: '/data/helperPod.yaml', before: text, after: text.replace('web:1', copy) }],
      },
      { kind: 'replace-pods', needs: ['s1'], pods },
    ]);
  });

  test('a text that names another image by now is left alone', () => {
    const { steps, unmended } = planFor({
      workload: { ...setting, object: { data: { 'helperPod.yaml': text.replace('web:1', 'web:2') } } },
      path: '/data/helperPod.yaml',
      within: { offset: text.indexOf('web:1'), length: 'web:1'.length },
    });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason: 'old-revision' }]);
  });
});

describe('jobs and pods', () => {
  const jobLabels = { 'controller-uid': 'x', 'batch.kubernetes.io/controller-uid': 'x', app: 'a' };
  const jobSpec = {
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'x' } },
    template: { metadata: { labels: jobLabels }, spec: { containers: [{ name: 'c', image: 'web:1' }] } },
  };

  test('a Job is created anew without what ties it to the old UID', () => {
    const { steps } = planFor({
      workload: workload('Job', { spec: jobSpec, status: { active: 1 } }, { stuckPods: [stuck('p')] }),
    });
    expect(steps).toMatchObject([{ kind: 'recreate' }]);
    const [step] = steps;
    if (step?.kind !== 'recreate') throw new Error('not a recreate step');
    expect(step.loss).toBeUndefined();
    expect(step.before).not.toHaveProperty('status');
    expect(step.before).not.toHaveProperty('metadata.uid');
    expect(step.after).toMatchObject({
      spec: { template: { metadata: { labels: { app: 'a' } }, spec: { containers: [{ image: copy }] } } },
    });
    expect(step.after).not.toHaveProperty('spec.selector');
    expect(JSON.stringify(step.after)).not.toContain('controller-uid');
  });

  test('a Job with finished pods says what would be lost', () => {
    const { steps } = planFor({ workload: workload('Job', { spec: jobSpec, status: { succeeded: 3 } }) });
    expect(steps).toMatchObject([{ loss: { what: 'completed-pods' } }]);
  });

  test("a CronJob's template is patched and its hanging Job created anew", () => {
    const podSpec = { containers: [{ name: 'c', image: 'web:1' }] };
    const job = {
      ...workload('Job', { spec: jobSpec }),
      ref: { apiVersion: 'batch/v1', kind: 'Job', namespace: 'shop', name: 'web-1', uid: 'j1' },
    };
    const cron = workload(
      'CronJob',
      { spec: { jobTemplate: { spec: { template: { spec: podSpec } } } } },
      { jobs: [job], podSpecPath: '/spec/jobTemplate/spec/template/spec' },
    );
    const { steps } = planFor({ workload: cron });
    expect(steps.map((step) => [step.kind, step.object.kind])).toEqual([
      ['patch', 'CronJob'],
      ['recreate', 'Job'],
    ]);
    expect(steps[0]?.expect).toEqual([]);
  });

  test('a bare pod is patched in place', () => {
    expect(planFor({ workload: workload('Pod') }).steps).toMatchObject([{ kind: 'patch' }]);
  });

  test('a bare pod whose pull policy must change is created anew', () => {
    const mirror = { ...proxy, pullPolicy: 'IfNotPresent' } as const;
    const status = { containerStatuses: [{ name: 'd', state: { running: {} } }] };
    const { steps } = planFor({ workload: workload('Pod', { status }), policy: 'Always', mirror });
    expect(steps).toMatchObject([
      {
        kind: 'recreate',
        loss: { what: 'running-containers' },
        after: { spec: { containers: [{ image: copy, imagePullPolicy: 'IfNotPresent' }] } },
      },
    ]);
  });

  test('an ephemeral container cannot change', () => {
    expect(planFor({ workload: workload('Pod'), place: 'ephemeralContainer' }).unmended).toMatchObject([
      { reason: 'ephemeral-container' },
    ]);
  });
});

describe('nodes have the image, and no copy is found', () => {
  const absent = { outcome: 'absent', policy: 'Always', onNodes: ['n'] } as const;

  test('the policy of the object changes, and nothing else', () => {
    const { steps, replacements, unmended } = planFor({ workload: workload('Deployment'), ...absent });
    expect(steps).toMatchObject([
      {
        kind: 'patch',
        remedy: 'object',
        changes: [{ after: 'IfNotPresent', before: 'Always' }],
        expect: [{ imageBefore: 'web:1', imageAfter: 'web:1' }],
      },
    ]);
    expect(steps[0]).toHaveProperty(
      ['changes', 0, 'path'],
      '/spec/template/spec/containers/0/imagePullPolicy',
    );
    expect({ replacements, unmended }).toEqual({ replacements: [], unmended: [] });
  });

  test('a policy that only admission gives to the pods is not changed in the object', () => {
    const template = { spec: { containers: [{ name: 'c', image: 'web:1' }] } };
    const given = { workload: workload('Deployment', { spec: { template } }), ...absent };
    expect(planFor(given)).toMatchObject({
      steps: [],
      unmended: [{ reason: 'always-admission', detail: 'n' }],
    });
  });

  test('what somebody puts back, or a node that lacks the image, is left to a person', () => {
    const managers = [{ by: 'argocd', name: 'shop', effect: 'reverts' }] as const;
    const kept = workload('Deployment', {}, { managers });
    expect(planFor({ workload: kept, ...absent })).toMatchObject({
      steps: [],
      unmended: [{ reason: 'always-pull' }],
    });
    const elsewhere = { ...absent, onNodes: ['other'] };
    expect(planFor({ workload: workload('Deployment'), ...elsewhere })).toMatchObject({
      steps: [],
      unmended: [{ reason: 'no-copy' }],
    });
  });

  test('a copy goes first: it is what every node can pull', () => {
    const { steps } = planFor({ workload: workload('Deployment'), ...absent, outcome: 'works' });
    expect(steps).toMatchObject([{ expect: [{ imageAfter: copy }] }]);
  });
});

describe('pull secrets', () => {
  const mirror: Mirror = { ...proxy, credentials: { from: 'secret', namespace: 'infra', name: 'harbor' } };

  test('the namespace gets the secret first and the pod keeps those of its ServiceAccount', () => {
    const { steps } = planFor({
      workload: workload('Deployment', {}, { serviceAccountSecrets: ['sa'] }),
      mirror,
    });
    expect(steps).toMatchObject([
      {
        id: 's1',
        kind: 'pull-secret',
        object: { kind: 'Secret', namespace: 'shop', name: 'pullmend-proxy' },
        host: 'harbor.lab',
      },
      {
        id: 's2',
        kind: 'patch',
        needs: ['s1'],
        changes: [
          {},
          {
            path: '/spec/template/spec/imagePullSecrets',
            after: [{ name: 'sa' }, { name: 'pullmend-proxy' }],
          },
        ],
      },
    ]);
  });

  test('a secret of the same namespace is used as it is', () => {
    const own = { ...mirror, credentials: { from: 'secret', namespace: 'shop', name: 'harbor' } } as const;
    const { steps } = planFor({ workload: workload('Deployment'), mirror: own });
    expect(steps).toMatchObject([{ kind: 'patch', changes: [{}, { after: [{ name: 'harbor' }] }] }]);
  });
});

describe('which copy', () => {
  const deployment = workload('Deployment');

  test.each<[Partial<Given>, string]>([
    [{ outcome: 'absent' }, 'no-copy'],
    [{ outcome: 'unreachable' }, 'mirrors-fail'],
    [{ identity: 'different' }, 'only-different'],
    [{ cause: 'invalid-name' }, 'invalid-name'],
    [{ cause: 'disk-full' }, 'mirror-useless'],
    [{ cause: 'never-pull-absent' }, 'never-pull'],
    [{ cause: 'not-found', identity: 'unverified' }, 'only-unverified'],
  ])('%j is left alone: %s', (given, reason) => {
    const { steps, unmended } = planFor({ workload: deployment, ...given });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason }]);
  });

  test.each<Partial<Given>>([
    { identity: 'unverified' },
    { identity: 'different', options: { allowUnverified: true } },
    { cause: 'never-pull-absent', options: { pullPolicy: 'IfNotPresent' } },
    { cause: 'not-found', identity: 'same' },
  ])('%j is used', (given) => {
    expect(planFor({ workload: deployment, ...given }).steps).toMatchObject([{ kind: 'patch' }]);
  });
});
