import { describe, expect, test } from 'vitest';
import {
  pullProblem,
  type Candidate,
  type FailureClass,
  type Inventory,
  type Mirror,
  type MirrorHelps,
  type Probe,
  type Supply,
  type Usage,
  type Workload,
} from '../../core/model/index.ts';
import { plan } from './index.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const other = `sha256:${'b'.repeat(64)}`;
const app = 'quay.io/acme/app:v1';

const copies: Mirror = {
  name: 'copies',
  match: ['**'],
  scheme: 'harbor-library',
  at: 'harbor.lab/library',
  writable: true,
  credentials: { from: 'docker-config' },
  nodesHaveCredentials: true,
  plainHttp: false,
};
const second: Mirror = { ...copies, name: 'second', scheme: 'prefix-host-path', at: 'mirror.lab' };

function probe(reference: string, more: Partial<Probe> = {}): Probe {
  return {
    reference,
    outcome: 'works',
    platforms: ['linux/amd64'],
    platformDigests: {},
    detail: '',
    ...more,
  };
}

function candidate(mirror: Mirror, reference: string, more: Partial<Candidate> = {}): Candidate {
  const absent = probe(reference, { outcome: 'absent', platforms: [] });
  return {
    mirror: mirror.name,
    reference,
    probe: absent,
    identity: 'unverified',
    missingPlatforms: [],
    usable: false,
    ...more,
  };
}

const lacking = candidate(copies, 'harbor.lab/library/acme/app:v1');
const lackingToo = candidate(second, 'mirror.lab/quay.io/acme/app:v1');

type Given = {
  readonly images?: readonly string[];
  readonly origin?: Partial<Probe>;
  readonly mirrors?: readonly Mirror[];
  readonly candidates?: readonly Candidate[];
  readonly cause?: FailureClass;
  readonly mirrorHelps?: MirrorHelps;
  readonly more?: readonly Supply[];
  readonly allowUnverified?: boolean;
};

/** One Deployment whose containers have these images; every image has the same origin and candidates. */
function planFor(given: Given) {
  const { images = [app], mirrors = [copies], candidates = [lacking] } = given;
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' };
  const containers = images.map((image, index) => ({ name: `c${index}`, image }));
  const workload: Workload = {
    ref: object,
    object: { spec: { template: { spec: { containers } } } },
    podSpecPath: '/spec/template/spec',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
  };
  const usages = images.map((image, index): Usage => ({
    image,
    reference: image,
    place: 'container',
    name: `c${index}`,
    object,
    path: `/spec/template/spec/containers/${index}/image`,
  }));
  const inventory: Inventory = {
    nodes: 1,
    usages,
    failures: [],
    workloads: [workload],
    files: [],
    platforms: ['linux/amd64'],
    knownDigests: {},
  };
  const { cause = 'connect-timeout', mirrorHelps = 'yes' } = given;
  const diagnosis = { class: cause, confidence: 'certain', mirrorHelps, evidence: '' } as const;
  const status = { diagnosis, others: [], failures: [], pods: 1, owners: [object], nodes: ['n'] };
  const supplies = images.map((image) => ({
    image,
    origin: probe(image, { digest, ...given.origin }),
    candidates,
  }));
  return plan({
    name: 'r-1',
    createdAt: '2026-01-01T00:00:00Z',
    inventory: {
      ...inventory,
      usages: [
        ...usages,
        ...(given.more ?? []).map(({ image }) => ({ ...usages[0], image, reference: image }) as Usage),
      ],
    },
    problems: usages.map((usage, index) =>
      pullProblem(`p${index}`, { image: usage.image, usages: [usage] }, status),
    ),
    supplies: [...supplies, ...(given.more ?? [])],
    mirrors: { apiVersion: 'pullmend.dev/v1alpha1', kind: 'MirrorSet', mirrors },
    options: { allowUnverified: given.allowUnverified ?? false },
  }).spec;
}

describe('a copy that no mirror has', () => {
  test('is made on the writable mirror, and the change waits for it', () => {
    const { steps, replacements, unmended } = planFor({});
    expect(unmended).toEqual([]);
    expect(replacements).toEqual([
      {
        image: app,
        with: 'harbor.lab/library/acme/app:v1',
        mirror: 'copies',
        digest,
        platforms: ['linux/amd64'],
        identity: 'same',
        made: true,
      },
    ]);
    expect(steps).toMatchObject([
      {
        id: 's1',
        kind: 'copy-image',
        object: { kind: 'Image', namespace: 'shop', name: 'harbor.lab/library/acme/app:v1' },
        needs: [],
        source: app,
        target: 'harbor.lab/library/acme/app:v1',
        mirror: 'copies',
        digest,
      },
      { id: 's2', kind: 'patch', needs: ['s1'] },
    ]);
  });

  test('is made once, however many changes need it', () => {
    const { steps } = planFor({ images: [app, app] });
    expect(steps.map(({ kind, needs }) => [kind, needs])).toEqual([
      ['copy-image', []],
      ['patch', ['s1']],
    ]);
  });

  test('a pull secret is not given either when the copy fails', () => {
    const { steps } = planFor({ mirrors: [{ ...copies, nodesHaveCredentials: false }] });
    expect(steps.map(({ kind, needs }) => [kind, needs])).toEqual([
      ['copy-image', []],
      ['pull-secret', ['s1']],
      ['patch', ['s1', 's2']],
    ]);
  });

  test('is made beside a mirror that has another image under the name', () => {
    const stale = candidate(copies, lacking.reference, {
      probe: probe(lacking.reference, { digest: other }),
      identity: 'different',
    });
    const { replacements } = planFor({ mirrors: [copies, second], candidates: [stale, lackingToo] });
    expect(replacements).toMatchObject([{ with: 'mirror.lab/quay.io/acme/app:v1', mirror: 'second' }]);
  });

  test.each<[string, Given, string]>([
    [
      'the origin gives nothing',
      { origin: { outcome: 'unreachable', digest: undefined } as never },
      'no-copy',
    ],
    ['the origin lacks what the nodes need', { origin: { platforms: ['linux/arm64'] } }, 'no-copy'],
    ['no mirror may be written to', { mirrors: [{ ...copies, writable: false }] }, 'no-copy'],
    ['a mirror does not help', { cause: 'unauthorized', mirrorHelps: 'no' }, 'no-copy'],
    ['the cause is on the node', { cause: 'disk-full' }, 'mirror-useless'],
    [
      'the mirror does not say that it lacks it',
      { candidates: [candidate(copies, lacking.reference, { probe: probe('', { outcome: 'forbidden' }) })] },
      'mirrors-fail',
    ],
    [
      'the name is there with another digest',
      {
        candidates: [
          candidate(copies, lacking.reference, {
            probe: probe('', { digest: other }),
            identity: 'different',
          }),
        ],
      },
      'only-different',
    ],
  ])('is not made when %s', (_, given, reason) => {
    const { steps, unmended } = planFor(given);
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([{ reason }]);
  });
});

describe('two images that one name would stand for', () => {
  const rival = 'ghcr.io/acme/app:v1';
  const supplyOf = (found: string): Supply => ({
    image: rival,
    origin: probe(rival, { digest: found }),
    candidates: [],
  });

  test('neither is copied there, and both are told', () => {
    const { steps, unmended } = planFor({ more: [supplyOf(other)] });
    expect(steps).toEqual([]);
    expect(unmended).toMatchObject([
      { reason: 'name-taken', detail: `harbor.lab/library/acme/app:v1: ${app}, ${rival}` },
    ]);
  });

  test('the next mirror that tells them apart gets it', () => {
    const given = { mirrors: [copies, second], candidates: [lacking, lackingToo] };
    expect(planFor({ ...given, more: [supplyOf(other)] }).replacements).toMatchObject([{ mirror: 'second' }]);
  });

  test('the same content takes nothing from itself', () => {
    expect(planFor({ more: [supplyOf(digest)] }).replacements).toMatchObject([{ mirror: 'copies' }]);
  });
});

describe('where no copy can be made here', () => {
  const unreachable = { outcome: 'unreachable', digest: undefined } as never;

  test('the name that it should get is told', () => {
    expect(planFor({ origin: unreachable }).unmended).toMatchObject([
      { reason: 'no-copy', copyTo: 'harbor.lab/library/acme/app:v1' },
    ]);
  });

  test('the service that fills a mirror is named when it takes the image', () => {
    const daocloud: Mirror = {
      ...copies,
      name: 'fast',
      scheme: 'prefix-host-path',
      at: 'm.daocloud.io',
      writable: false,
    };
    const candidates = [candidate(daocloud, 'm.daocloud.io/quay.io/acme/app:v1')];
    const { unmended } = planFor({ origin: unreachable, mirrors: [daocloud], candidates });
    expect(unmended).toMatchObject([{ reason: 'no-copy', requestVia: 'daocloud' }]);
    expect(unmended[0]).not.toHaveProperty('copyTo');
    const denied = candidate(daocloud, 'x', { probe: probe('x', { outcome: 'forbidden' }) });
    const given = { origin: unreachable, mirrors: [daocloud], candidates: [denied] };
    expect(planFor(given).unmended).toMatchObject([{ reason: 'no-copy', requestVia: 'daocloud' }]);
  });
});
