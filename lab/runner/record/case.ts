import type { FailureClass } from '../../../src/core/model/index.ts';
import { scenarioSchema, type Scenario } from '../file/index.ts';

/** One way of failing, staged for one pod. */
export type Case = {
  readonly name: string;
  /** What the message must be taken for. */
  readonly class: FailureClass;
  /** The class of the pull inside, for `sandbox-image`. */
  readonly inner?: FailureClass;
  readonly image: string;
  /** The image is made nowhere. */
  readonly absent?: true;
  /** The pod asks for this tag or digest of the image instead. */
  readonly tag?: string;
  readonly digest?: string;
  /** More about the image that is made. */
  readonly make?: object;
  readonly hosts?: Readonly<Record<string, string>>;
  readonly faults?: readonly object[];
  /** What is done to node 2, where the pod runs then. */
  readonly node?: object;
  readonly container?: object;
  readonly pod?: object;
  readonly manifests?: readonly object[];
  readonly reason?: string;
  /** For failures that no container's status tells. */
  readonly event?: { readonly reason: string; readonly message: string };
};

/** containerd gives a connection 30 s. */
const FAILS_WITHIN_S = 100;

/** The case as a scenario that is prepared and looked at, with nothing to do and to judge afterwards. */
export function asScenario(one: Case): Scenario {
  const { name, image, faults = [], node, event } = one;
  const hosts = { ...working(image), ...one.hosts };
  const made = one.absent === true ? [] : [{ name: image, ...one.make }];
  const failing = {
    of: 'Pod/web',
    container: 'web',
    reason: event === undefined ? (one.reason ?? 'ErrImagePull|ImagePullBackOff') : 'ContainerCreating',
    ...(event === undefined ? {} : { event }),
    within: FAILS_WITHIN_S,
  };
  return scenarioSchema.parse({
    name,
    about: name,
    isolation: node === undefined ? 'namespace' : 'cluster',
    given: {
      hosts,
      images: made,
      faults,
      nodes: node === undefined ? [] : [{ node: 2, ...node }],
      manifests: [...(one.manifests ?? []), pod(one)],
      failing: [failing],
    },
    when: [{ kubectl: ['get', 'pods'] }],
    then: {},
  });
}

/** Another case may have left the registry, or its token service, in another state. */
function working(image: string): Readonly<Record<string, string>> {
  const host = image.slice(0, image.indexOf('/'));
  if (host === 'docker.io') return { 'docker.io': 'up', 'auth.docker.io': 'up' };
  return host.includes('.') ? { [host]: 'up' } : {};
}

function pod({ image, tag, digest, container, pod: more, node }: Case): object {
  const repository = image.slice(0, image.lastIndexOf(':'));
  const asked =
    digest === undefined ? (tag === undefined ? image : `${repository}:${tag}`) : `${repository}@${digest}`;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: {
      ...(node === undefined ? {} : { nodeName: 'node2' }),
      ...more,
      containers: [{ name: 'web', image: asked, ...container }],
    },
  };
}
