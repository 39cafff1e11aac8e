import type {
  Diagnosis,
  EndpointReach,
  FailureClass,
  ImageReach,
  PullProblem,
  ReachStep,
} from '../../model/index.ts';

/** Steps at which nobody has answered yet: what a mirror in front said is then what decided. */
const before: ReadonlySet<ReachStep> = new Set(['dns', 'tcp', 'proxy', 'tls']);

/** What a probe's detail says of each step; the first that fits. */
const classes: Readonly<Record<ReachStep, readonly (readonly [RegExp, FailureClass])[]>> = {
  dns: [[/(?:)/, 'dns']],
  tcp: [
    [/refused/i, 'connection-refused'],
    [/reset/i, 'connection-reset'],
    [/no route|unreachable/i, 'network-unreachable'],
    [/(?:)/, 'connect-timeout'],
  ],
  proxy: [[/(?:)/, 'proxy-error']],
  tls: [
    [
      /wrong version number|plain HTTP|packet length too long|unexpected message|record layer/i,
      'http-on-https',
    ],
    [/expired|not yet valid|does not match|altname|no alternative/i, 'tls-cert-invalid'],
    [/self[- ]signed|local issuer|unknown (?:ca|authority)|not trusted|verify/i, 'tls-unknown-authority'],
    [/(?:)/, 'tls-handshake'],
  ],
  auth: [
    [/→ (?:403|451)\b/, 'forbidden'],
    [/(?:)/, 'unauthorized'],
  ],
  manifest: [
    [/→ 404\b/, 'not-found'],
    [/→ 429\b/, 'rate-limited'],
    [/→ 5\d\d\b/, 'registry-5xx'],
    [/(?:)/, 'bad-response'],
  ],
  platform: [[/(?:)/, 'platform-mismatch']],
  blob: [[/(?:)/, 'bad-response']],
};

/**
 * Problems as probes from the failing nodes show them: where a mirror of the node refuses or cannot be used, and the
 * registry behind it cannot be reached either, the mirror is the cause, though the kubelet tells of the registry only.
 */
export function withNodeMirrors(
  problems: readonly PullProblem[],
  images: readonly ImageReach[],
): readonly PullProblem[] {
  const byImage = new Map(images.map((one) => [one.image, one]));
  return problems.map((problem) => {
    const seen = byImage.get(problem.spec.image);
    const told = seen === undefined ? [] : mirrorsThatFail(seen);
    return told.length === 0 ? problem : withMirrors(problem, told);
  });
}

type Told = { readonly diagnosis: Diagnosis; readonly decides: boolean };

function mirrorsThatFail({ vantages }: ImageReach): readonly Told[] {
  const found = new Map<string, { endpoint: EndpointReach; nodes: string[]; decides: boolean }>();
  for (const { node, healthy, works, endpoints } of vantages) {
    if (node === undefined || healthy === true || works) continue;
    const origin = endpoints.at(-1)?.breaksAt;
    for (const endpoint of endpoints) {
      if (!endpoint.mirror || endpoint.breaksAt === undefined) continue;
      const one = found.get(endpoint.endpoint) ?? { endpoint, nodes: [], decides: false };
      one.nodes.push(node);
      // A mirror that only lacks the image says nothing of why the registry cannot be reached.
      one.decides ||= origin !== undefined && before.has(origin) && classOf(endpoint) !== 'not-found';
      found.set(endpoint.endpoint, one);
    }
  }
  return [...found.values()].map(({ endpoint, nodes, decides }) => ({
    decides,
    diagnosis: {
      class: classOf(endpoint),
      confidence: 'certain',
      endpoint: hostOf(endpoint.endpoint),
      mirrorHelps: 'maybe',
      evidence: detailOf(endpoint),
      mirrorOf: nodes.toSorted(),
    },
  }));
}

function withMirrors(problem: PullProblem, told: readonly Told[]): PullProblem {
  const { status } = problem;
  const decisive = told.find(({ decides }) => decides)?.diagnosis;
  const rest = told.flatMap(({ diagnosis }) => (diagnosis === decisive ? [] : [diagnosis]));
  const others = [...(decisive === undefined ? [] : [status.diagnosis]), ...rest, ...status.others];
  return { ...problem, status: { ...status, diagnosis: decisive ?? status.diagnosis, others } };
}

function classOf(endpoint: EndpointReach): FailureClass {
  const rows = endpoint.breaksAt === undefined ? [] : classes[endpoint.breaksAt];
  return rows.find(([pattern]) => pattern.test(detailOf(endpoint)))?.[1] ?? 'unknown';
}

function detailOf({ steps }: EndpointReach): string {
  return steps.find(({ result }) => result === 'broken')?.detail ?? '';
}

function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '');
}
