import {
  apiVersion,
  pullProblem,
  type Candidate,
  type Diagnosis,
  type MirrorSet,
  type ObjectRef,
  type OwnershipReport,
  type Prediction,
  type Probe,
  type PullFailure,
  type PullProblem,
  type ReachReport,
  type RepairPlan,
  type Step,
  type Supply,
  type Usage,
} from '../../../core/model/index.ts';

/** A small shop on a cluster: three images fail, two of them can be mended. */

export const now = Date.parse('2026-05-01T12:00:00Z');
const digest = `sha256:${'3fbc63216742'.padEnd(64, '0')}`;

export const cluster = { context: 'shop-prod', server: 'https://10.0.0.1:6443', version: 'v1.28.9' };
export const nodes = 3;

export function object(kind: string, name: string, namespace = 'shop'): ObjectRef {
  const group = kind === 'Pod' || kind === 'Secret' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return { apiVersion: group, kind, namespace, name };
}

export const web = object('Deployment', 'web');
export const cleanup = object('CronJob', 'cleanup');
export const report = object('Job', 'report');
export const metrics = object('Deployment', 'kube-state-metrics', 'monitoring');

export const mirrors: MirrorSet = {
  apiVersion,
  kind: 'MirrorSet',
  mirrors: [
    {
      name: 'company-proxy',
      match: ['**'],
      scheme: 'harbor-proxy',
      at: 'harbor.corp/proxy',
      writable: false,
      credentials: { from: 'anonymous' },
      nodesHaveCredentials: false,
      plainHttp: false,
    },
  ],
};

export const noMirrors: MirrorSet = { ...mirrors, mirrors: [] };

function usage(owner: ObjectRef, image: string, reference: string): Usage {
  const pod = '/spec/template/spec/containers/0/image';
  const path = owner.kind === 'CronJob' ? `/spec/jobTemplate${pod}` : pod;
  return { image, reference, place: 'container', name: owner.name, object: owner, path };
}

function failures(owner: ObjectRef, image: string, pods: number, message: string): readonly PullFailure[] {
  return Array.from({ length: pods }, (_, index) => ({
    pod: object('Pod', `${owner.name}-${index}`, owner.namespace),
    node: `node-${(index % nodes) + 1}`,
    place: 'container' as const,
    container: owner.name,
    image,
    reason: 'ImagePullBackOff',
    message,
    source: 'waiting' as const,
    pullSecrets: [],
    since: '2026-05-01T10:00:00Z',
    owner,
  }));
}

function problem(
  image: string,
  uses: readonly (readonly [owner: ObjectRef, written: string, pods: number])[],
  diagnosis: Diagnosis,
): PullProblem {
  const failed = uses.flatMap(([owner, written, pods]) => failures(owner, written, pods, diagnosis.evidence));
  return pullProblem(
    image,
    { image, usages: uses.map(([owner, written]) => usage(owner, written, image)) },
    {
      diagnosis,
      others: [],
      failures: failed,
      pods: failed.length,
      owners: uses.map(([owner]) => owner),
      nodes: [...new Set(failed.flatMap((failure) => failure.node ?? []))],
      since: '2026-05-01T10:00:00Z',
    },
  );
}

export const busybox = problem(
  'docker.io/library/busybox:latest',
  [
    [web, 'busybox', 4],
    [cleanup, 'busybox:latest', 1],
  ],
  {
    class: 'connect-timeout',
    confidence: 'certain',
    endpoint: 'registry-1.docker.io',
    mirrorHelps: 'yes',
    evidence: 'dial tcp 1.2.3.4:443: i/o timeout',
  },
);

export const reportImage = problem('quay.io/acme/report:v2.1', [[report, 'quay.io/acme/report:v2.1', 1]], {
  class: 'unauthorized',
  confidence: 'likely',
  endpoint: 'quay.io',
  mirrorHelps: 'no',
  evidence: 'unauthorized: access to the requested resource is not authorized',
});

export const metricsImage = problem(
  'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.99.0',
  [[metrics, 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.99.0', 2]],
  { class: 'not-found', confidence: 'certain', mirrorHelps: 'no', evidence: 'manifest unknown' },
);

export const problems = [busybox, reportImage, metricsImage];

export function probe(reference: string, outcome: Probe['outcome']): Probe {
  const detail = `GET https://harbor.corp/v2/… → ${outcome === 'works' ? 200 : 404}`;
  if (outcome !== 'works') return { reference, outcome, platforms: [], platformDigests: {}, detail };
  return {
    reference,
    outcome,
    digest,
    platforms: ['linux/amd64', 'linux/arm64'],
    platformDigests: {},
    detail,
  };
}

export function candidate(
  image: string,
  outcome: Probe['outcome'],
  more: Partial<Candidate> = {},
): Candidate {
  const reference = `harbor.corp/proxy/${image.replace(/^[^/]+\//, '')}`;
  return {
    mirror: 'company-proxy',
    reference,
    probe: probe(reference, outcome),
    identity: outcome === 'works' ? 'same' : 'unverified',
    ...(outcome === 'works' ? { comparedWith: 'origin' as const } : {}),
    missingPlatforms: [],
    usable: outcome === 'works',
    ...more,
  };
}

export const supplies: readonly Supply[] = problems.map(({ spec: { image } }) => ({
  image,
  origin: probe(image, 'unreachable'),
  candidates: [candidate(image, image === busybox.spec.image ? 'works' : 'absent')],
}));

const copy = 'harbor.corp/proxy/library/busybox:latest';

export const patchWeb: Step = {
  kind: 'patch',
  id: 's1',
  object: web,
  needs: [],
  expect: [{ place: 'container', container: 'web', imageBefore: 'busybox', imageAfter: copy }],
  changes: [{ path: '/spec/template/spec/containers/0/image', before: 'busybox', after: copy }],
};

export const patchCleanup: Step = {
  kind: 'patch',
  id: 's2',
  object: cleanup,
  needs: [],
  expect: [{ place: 'container', container: 'cleanup', imageBefore: 'busybox:latest', imageAfter: copy }],
  changes: [
    {
      path: '/spec/jobTemplate/spec/template/spec/containers/0/image',
      before: 'busybox:latest',
      after: copy,
    },
  ],
  overwrittenBy: { by: 'helm', namespace: 'shop', name: 'web' },
};

export const recreateReport: Step = {
  kind: 'recreate',
  id: 's3',
  object: report,
  needs: [],
  expect: [{ place: 'container', container: 'report', imageBefore: 'busybox', imageAfter: copy }],
  loss: { what: 'completed-pods', pods: 1, names: [] },
  before: { kind: 'Job', metadata: { name: 'report', uid: 'u1' }, spec: { image: 'busybox' } },
  after: { kind: 'Job', metadata: { name: 'report' }, spec: { image: copy } },
};

export function makePlan(steps: readonly Step[]): RepairPlan {
  return {
    apiVersion,
    kind: 'RepairPlan',
    metadata: { name: 'r-7f3a21', createdAt: '2026-05-01T12:00:00.000Z' },
    spec: {
      cluster,
      replacements: [
        {
          image: busybox.spec.image,
          with: copy,
          mirror: 'company-proxy',
          digest,
          platforms: ['linux/amd64', 'linux/arm64'],
          identity: 'same',
        },
      ],
      steps,
      unmended: [
        {
          image: reportImage.spec.image,
          object: report,
          usages: reportImage.spec.usages,
          pods: 1,
          class: 'unauthorized',
          reason: 'no-copy',
        },
        {
          image: metricsImage.spec.image,
          object: metrics,
          usages: metricsImage.spec.usages,
          pods: 2,
          class: 'not-found',
          reason: 'managed',
          manager: { by: 'helm', namespace: 'monitoring', name: 'kps' },
        },
      ],
    },
  };
}

export const plan = makePlan([patchWeb, patchCleanup]);

const lost = {
  step: 'dns',
  result: 'broken',
  detail: 'HEAD https://registry-1.docker.io → no such host',
} as const;

/** busybox: node2 does not find the name, from here all works. */
export const reach: ReachReport = {
  images: [
    {
      image: busybox.spec.image,
      verdict: 'differs',
      vantages: [
        {
          node: 'node2',
          access: 'debug-pod',
          files: ['/etc/containerd/config.toml'],
          works: false,
          breaksAt: 'dns',
          endpoints: [
            { endpoint: 'https://registry-1.docker.io', mirror: false, steps: [lost], breaksAt: 'dns' },
          ],
        },
        {
          works: true,
          endpoints: [{ endpoint: 'https://registry-1.docker.io', mirror: false, steps: [] }],
        },
      ],
    },
  ],
  leftOut: { images: 0, nodes: 1 },
  missing: [],
};

export const prediction: Prediction = {
  images: 12,
  foreseen: [
    {
      image: 'quay.io/acme/gone:1.0',
      class: 'not-found',
      confidence: 'certain',
      detail: 'HEAD https://quay.io/v2/acme/gone/manifests/1.0 → 404',
      pods: 2,
      owners: [web],
      nodes: ['node1'],
    },
  ],
  unknown: [{ image: 'ghcr.io/acme/app:1', detail: 'HEAD https://ghcr.io → connect timeout' }],
};

/** A StatefulSet of a Prometheus that a Helm release brings. */
export const ownership: OwnershipReport = {
  subject: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    namespace: 'shop',
    name: 'prometheus-main',
    uid: 's',
  },
  chain: [
    {
      ref: {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        namespace: 'shop',
        name: 'prometheus-main',
        uid: 's',
      },
      by: 'asked',
      state: 'there',
    },
    {
      ref: {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        namespace: 'shop',
        name: 'main',
        uid: 'p',
      },
      by: 'owner-reference',
      state: 'there',
    },
  ],
  deliveries: [
    {
      object: {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        namespace: 'shop',
        name: 'main',
        uid: 'p',
      },
      manager: { by: 'helm', namespace: 'shop', name: 'mon' },
      does: 'overwrites',
    },
  ],
  operators: [
    {
      object: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'ops', name: 'prometheus-operator' },
      by: 'known',
      operator: 'prometheus-operator',
      wanted: 1,
      ready: 1,
    },
  ],
  writers: [],
  putBack: [],
  admission: [],
  isDeleted: false,
  verdict: 'reverted',
  places: [
    {
      place: 'container',
      container: 'prometheus',
      image: 'quay.io/prometheus/prometheus:v3.1.0',
      object: {
        apiVersion: 'monitoring.coreos.com/v1',
        kind: 'Prometheus',
        namespace: 'shop',
        name: 'main',
        uid: 'p',
      },
      path: '/spec/image',
      isUnset: true,
      by: 'known',
      through: { by: 'helm', namespace: 'shop', name: 'mon' },
    },
  ],
};
