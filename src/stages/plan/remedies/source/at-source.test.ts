import { describe, expect, test } from 'vitest';
import type {
  ImageOrigin,
  JsonObject,
  Manager,
  Replacement,
  StuckPod,
  Usage,
  Workload,
} from '../../../../core/model/index.ts';
import { choosing } from '../choose-remedy.ts';
import { refuse, type Mend, type Remedy, type Task } from '../remedy.ts';
import { atSource } from './at-source.ts';
import { mergedChanges } from './changes.ts';
import { oncePerSource } from './once-per-source.ts';

const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', namespace: 'shop', name: 'main', uid: 'set' };
const pg = { apiVersion: 'pg.example/v1', kind: 'PgCluster', namespace: 'shop', name: 'main', uid: 'cr' };
const keeper: Manager = { by: 'controller', kind: 'PgCluster', name: 'main', effect: 'reverts' };
const stuck: StuckPod = {
  ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'main-0', uid: 'p0' },
  images: {},
};
const facts = { openToNodes: new Set(['harbor']) };

function workload(more: Partial<Workload> = {}): Workload {
  return {
    ref: set,
    object: {},
    podSpecPath: '/spec/template/spec',
    managers: [keeper],
    stuckPods: [stuck],
    jobs: [],
    serviceAccountSecrets: [],
    ...more,
  };
}

function mend(name: string, image: string, to = image.replace('quay.io', 'harbor.corp/x')): Mend {
  const replacement: Replacement = { image, with: to, mirror: 'harbor', platforms: [], identity: 'same' };
  const usage: Usage = {
    image,
    reference: image,
    place: 'container',
    name,
    object: set,
    path: '/spec/template/spec/containers/0/image',
  };
  return { usage, replacement };
}

function at(path: string, image: string, offset = 0): Usage {
  const position = { file: path, line: 1, column: 1, offset, length: image.length };
  return { image, place: 'crField', name: 'image', object: pg, path, position };
}

function origin(container: string, image: string, more: Partial<ImageOrigin> = {}): ImageOrigin {
  return {
    of: set,
    place: 'container',
    container,
    image,
    object: { spec: { image } },
    ref: pg,
    resource: 'pgclusters.pg.example',
    managers: [],
    usages: [at('/spec/image', image)],
    adds: [],
    readers: [],
    follower: { ref: set, waiting: 1, isAdmitted: false },
    ...more,
  };
}

const image = 'quay.io/acme/pg:16';

function propose(origins: readonly ImageOrigin[], task: Partial<Task> = {}) {
  return atSource.propose(
    { workload: workload(), mends: [mend('pg', image)], changes: [], ...task },
    { ...facts, origins },
  );
}

describe('the remedy at the source', () => {
  test('changes the field, and waits for those that follow', () => {
    expect(propose([origin('pg', image)])).toEqual({
      ok: true,
      steps: [
        {
          kind: 'patch',
          object: pg,
          resource: 'pgclusters.pg.example',
          needs: [],
          expect: [
            {
              place: 'container',
              container: 'pg',
              imageBefore: image,
              imageAfter: 'harbor.corp/x/acme/pg:16',
            },
          ],
          changes: [{ path: '/spec/image', before: image, after: 'harbor.corp/x/acme/pg:16' }],
          followers: [{ object: set, containers: ['pg'], pods: [stuck.ref] }],
          keptBy: { by: 'controller', kind: 'PgCluster', name: 'main' },
        },
      ],
    });
  });

  test.each<[string, Parameters<typeof propose>]>([
    ['a workload that nobody keeps', [[origin('pg', image)], { workload: workload({ managers: [] }) }]],
    ['an image of which nobody knows the source', [[origin('other', image)]]],
    ['a mirror that wants a login of pods', [[origin('pg', image)], { mends: [mendFrom('private')] }]],
    [
      'a tag of its own field that would have to change',
      [[parted()], { mends: [mend('pg', image, 'harbor.corp/x/acme/pg:other')] }],
    ],
  ])('is none for %s', (_, [origins, task]) => {
    expect(propose(origins, task)).toBeUndefined();
  });

  test('leaves a source alone that is kept itself', () => {
    const kept: Manager = { by: 'argocd', name: 'shop', effect: 'reverts' };
    expect(propose([origin('pg', image, { managers: [kept] })])).toEqual({
      ok: false,
      reason: 'managed',
      manager: { by: 'argocd', name: 'shop' },
    });
  });

  test('says which release will overwrite it', () => {
    const release: Manager = { by: 'helm', name: 'shop', effect: 'overwrites' };
    expect(propose([origin('pg', image, { managers: [release] })])).toMatchObject({
      steps: [{ overwrittenBy: { by: 'helm', name: 'shop' } }],
    });
  });

  test('adds what is not there yet', () => {
    const adds = [{ path: '/spec/image', lead: '' }];
    expect(propose([origin('pg', image, { usages: [], adds, object: { spec: {} } })])).toMatchObject({
      steps: [{ changes: [{ path: '/spec/image', after: 'harbor.corp/x/acme/pg:16' }] }],
    });
  });

  test('changes the parts of a name', () => {
    expect(propose([parted()])).toMatchObject({
      steps: [{ changes: [{ path: '/spec/registry', before: 'quay.io', after: 'harbor.corp/x' }] }],
    });
  });

  test('asks before pods go of which a container runs', () => {
    const half = { ...stuck, running: ['app'] };
    expect(propose([origin('pg', image)], { workload: workload({ stuckPods: [half] }) })).toMatchObject({
      steps: [{ loss: { what: 'running-containers', names: ['main-0 (app)'] } }],
    });
  });

  test('leaves the pods of a Deployment to its roll-out', () => {
    const ref = { ...set, kind: 'Deployment' };
    const follower = { ref, waiting: 1, isAdmitted: false };
    expect(propose([origin('pg', image, { follower })])).toMatchObject({
      steps: [{ followers: [{ object: ref, pods: [] }] }],
    });
  });

  test('restarts who reads a ConfigMap', () => {
    const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'mesh', name: 'injector' };
    const object: JsonObject = { data: { image } };
    const readers = [{ ...stuck.ref, namespace: 'mesh', name: 'injector-1' }];
    const found = propose([
      origin('pg', image, { ref, object, usages: [at('/data/image', image)], readers }),
    ]);
    expect(found).toMatchObject({
      steps: [{ kind: 'patch' }, { kind: 'replace-pods', needs: [0], pods: [], restarts: readers }],
    });
  });
});

function mendFrom(mirror: string): Mend {
  const one = mend('pg', image);
  return { ...one, replacement: { ...one.replacement, mirror } };
}

function parted(): ImageOrigin {
  const [registry, repository] = [at('/spec/registry', 'quay.io'), at('/spec/repository', 'acme/pg')];
  const usage: Usage = {
    ...registry,
    image,
    parts: {
      ending: ':16',
      fields: [registry, repository].map((one) => ({
        written: one.image,
        ...(one.position === undefined ? {} : { position: one.position }),
      })),
    },
  };
  const object = { spec: { registry: 'quay.io', repository: 'acme/pg', tag: '16' } };
  return origin('pg', image, { object, usages: [usage] });
}

test('what has no source is mended in the next way, or told', () => {
  const task: Task = {
    workload: workload(),
    mends: [mend('pg', image), mend('side', 'quay.io/acme/side:1')],
    changes: [],
  };
  const all = { ...facts, origins: [origin('pg', image)] };
  const others = { name: 'object', propose: () => refuse('managed') } as const;
  expect(choosing([atSource, others], all, [])(task)).toMatchObject({
    ok: true,
    steps: [{ kind: 'patch', remedy: 'source' }],
    left: { mends: [{ usage: { name: 'side' } }], why: { reason: 'managed' } },
  });
  const step = { kind: 'replace-pods', object: set, needs: [], expect: [], pods: [] } as const;
  const node: Remedy = {
    name: 'node-alias',
    propose: () => ({ ok: true, steps: [step, { ...step, needs: [0] }] }),
  };
  expect(choosing([atSource, node], all, [])(task)).toMatchObject({
    ok: true,
    steps: [{ remedy: 'source' }, { remedy: 'node-alias', needs: [] }, { remedy: 'node-alias', needs: [1] }],
  });
});

test('one object is changed once, whoever follows it', () => {
  const other = { ...set, name: 'other', uid: 'other' };
  const steps = [
    propose([origin('pg', image)]),
    propose([origin('pg', image, { of: other, follower: { ref: other, waiting: 1, isAdmitted: false } })], {
      workload: workload({ ref: other }),
    }),
  ].flatMap((found) => (found?.ok === true ? [found.steps] : []));
  expect(oncePerSource(steps)).toMatchObject([
    [{ object: pg, changes: [{ path: '/spec/image' }], followers: [{ object: set }, { object: other }] }],
  ]);
});

test('two images of one text become one change', () => {
  const before = 'a: quay.io/a:1\nb: quay.io/b:1\n';
  const change = (after: string) => ({ path: '/data/x', before, after });
  const [a, b] = ['a: m/a:1\nb: quay.io/b:1\n', 'a: quay.io/a:1\nb: m/b:1\n'].map(change);
  expect(a !== undefined && b !== undefined ? mergedChanges([b, a]) : []).toEqual([
    change('a: m/a:1\nb: m/b:1\n'),
  ]);
});
