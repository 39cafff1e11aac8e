import { Environment } from '@marcbachmann/cel-js';
import picomatch from 'picomatch';
import { describe, expect, test } from 'vitest';
import { normaliseImage } from '../../image/index.ts';
import type { JsonObject, Mirror } from '../../model/index.ts';
import { celString } from './cel.ts';
import { variables } from './expressions.ts';
import { globPattern } from './glob-pattern.ts';
import { inexpressible, policyObjects, preventedName, type PreventionRules } from './index.ts';

/** An interpreter of CEL with the function that Kubernetes has besides. */
const cel = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false });
cel.registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
  text.replaceAll(from, to),
);

/** Runs the variables of the policy one after another, as the API server does. */
function movedBy(
  rules: PreventionRules,
  object: unknown,
  request: unknown = {},
): readonly Record<string, string>[] {
  const values: Record<string, unknown> = {};
  for (const { name, expression } of variables(rules)) {
    values[name] = cel.evaluate(expression, { object, request, variables: values } as never);
  }
  return values['moved'] as readonly Record<string, string>[];
}

function mirror(name: string, more: Partial<Mirror> & Pick<Mirror, 'scheme'>): Mirror {
  return {
    name,
    match: ['**'],
    at: `${name}.corp/copies`,
    writable: false,
    credentials: { from: 'anonymous' },
    nodesHaveCredentials: false,
    plainHttp: false,
    ...more,
  };
}

const digest = `sha256:${'a'.repeat(64)}`;
const images = [
  'nginx',
  'nginx:1.27',
  `nginx@${digest}`,
  `nginx:1.27@${digest}`,
  'library/nginx:1',
  'grafana/grafana:11',
  'docker.io/nginx:1',
  'docker.io/library/nginx:1',
  'index.docker.io/nginx:1',
  'index.docker.io/a/b:1',
  'registry-1.docker.io/library/nginx:1',
  'registry.hub.docker.com/a/b:1',
  'quay.io/prometheus/node-exporter:v1',
  'ghcr.io/a/b/c/d:v1',
  'k8s.gcr.io/pause:3.9',
  'registry.k8s.io/sig-storage/csi:v1',
  'localhost/x:1',
  'localhost:5000/x:1',
  'Upper.example/x:1',
  '[::1]:5000/x:1',
  '10.0.0.1:80/x/y:t',
  'one.corp/copies/nginx:1',
  'one.corp/other/nginx:1',
  'quay.two.corp/a/b:1',
  'a.b/c',
  'not an image',
  'UPPER/case:1',
];

const whole: readonly (readonly [string, readonly Mirror[]])[] = [
  ['harbor-library', [mirror('one', { scheme: 'harbor-library' })]],
  ['harbor-proxy', [mirror('one', { scheme: 'harbor-proxy', match: ['docker.io/**'] })]],
  ['drop-host', [mirror('one', { scheme: 'drop-host', match: ['quay.io/**', 'ghcr.io/a/**'] })]],
  ['prefix-host-path', [mirror('one', { scheme: 'prefix-host-path' })]],
  [
    'host-alias',
    [
      mirror('two', {
        scheme: 'host-alias',
        at: '',
        aliases: { 'quay.io': 'quay.two.corp', 'registry.k8s.io': 'k8s.two.corp' },
      }),
    ],
  ],
  ['last-segment', [mirror('one', { scheme: 'last-segment' })]],
  ['dots', [mirror('one', { scheme: 'dots' })]],
  ['dots with prefixes', [mirror('one', { scheme: 'dots', prefixes: { 'quay.io': 'q.', 'docker.io': '' } })]],
  [
    'names',
    [mirror('one', { scheme: 'names', names: { 'docker.io/library/nginx': 'one.corp/copies/web' } })],
  ],
  [
    'several, the first that fits',
    [
      mirror('one', {
        scheme: 'harbor-proxy',
        match: ['docker.io/library/*', 'docker.io/{grafana,bitnami}/**'],
      }),
      mirror('two', { scheme: 'host-alias', at: '', aliases: { 'quay.io': 'quay.two.corp' } }),
      mirror('three', { scheme: 'prefix-host-path' }),
    ],
  ],
];

describe('the policy says what pullmend says', () => {
  test.each(whole)('%s', (_, mirrors) => {
    const known = new Map([
      [`docker.io/grafana/grafana:11`, { with: 'one.corp/copies/g:11', mirror: 'one' }],
    ]);
    const rules = { whole: mirrors, mirrors, known };
    const object = { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } };
    const moved = new Map(movedBy(rules, object).map(({ name, to }) => [name, normaliseImage(to ?? '')]));
    const said = images.map((image, index) => [image, moved.get(`c${index}`)]);
    expect(said).toEqual(images.map((image) => [image, preventedName(image, rules)?.with]));
    expect(moved.size).toBeGreaterThan(0);
  });

  const rules = { whole: [mirror('one', { scheme: 'drop-host' })], mirrors: [], known: new Map() };

  test('every place of a pod, and of the sub-resource only what it may add', () => {
    const container = (name: string) => ({ name, image: `quay.io/a/${name}:1` });
    const object = {
      spec: {
        containers: [container('c'), { name: 'without' }],
        initContainers: [container('i')],
        ephemeralContainers: [container('e')],
        volumes: [
          { name: 'v', image: { reference: 'quay.io/a/v:1' } },
          { name: 'w', image: {} },
          { name: 'x' },
        ],
      },
    };
    expect(movedBy(rules, object).map(({ at, name, to }) => `${at} ${name} ${to}`)).toEqual([
      'containers c one.corp/copies/a/c:1',
      'initContainers i one.corp/copies/a/i:1',
      'volumes v one.corp/copies/a/v:1',
      'ephemeralContainers e one.corp/copies/a/e:1',
    ]);
    const added = movedBy(rules, object, { subResource: 'ephemeralcontainers' });
    expect(added.map(({ name }) => name)).toEqual(['e']);
  });

  test('many known names stand in several variables', () => {
    const known = new Map(
      Array.from({ length: 450 }, (_, n) => [
        `quay.io/a/x${n}:1`,
        { with: `one.corp/copies/y${n}:1`, mirror: 'one' },
      ]),
    );
    const many = { whole: [], mirrors: [], known };
    expect(variables(many).filter(({ name }) => name.startsWith('known'))).toHaveLength(3);
    const object = { spec: { containers: [{ name: 'c', image: 'quay.io/a/x449:1' }] } };
    expect(movedBy(many, object)[0]).toMatchObject({ to: 'one.corp/copies/y449:1', mirror: 'one' });
  });
});

test.each([
  'a/b',
  'docker.io/**',
  '**',
  '*.io/**',
  'quay.io/*/x',
  'quay.io/a?/*',
  'q.io/{a,b*}/**',
  'a+b.io/x',
])('the glob %s fits the same names as RE2', (glob) => {
  const pattern = new RegExp(globPattern(glob) ?? 'x^');
  for (const name of [
    'a/b',
    'docker.io/library/nginx',
    'quay.io/ab/x',
    'quay.io/a/x',
    'q.io/b1/c/d',
    'a+b.io/x',
    'x',
  ]) {
    const options = { dot: true, nonegate: true, noextglob: true };
    expect([name, pattern.test(name)]).toEqual([name, picomatch.isMatch(name, glob, options)]);
  }
});

test('what CEL cannot say is told', () => {
  expect(inexpressible(mirror('t', { scheme: 'template', template: 't.corp/{last}:{tag}' }))).toBe('scheme');
  expect(inexpressible(mirror('g', { scheme: 'drop-host', match: ['quay.io/[ab]/**'] }))).toBe('glob');
  expect(inexpressible(mirror('o', { scheme: 'drop-host' }))).toBeUndefined();
});

test('a text is a literal, whatever is in it', () => {
  const hostile = String.raw`a'b\c` + '\n`"${x}é';
  expect(cel.evaluate(celString(hostile), {})).toBe(hostile);
});

describe('the objects', () => {
  const one = mirror('one', { scheme: 'drop-host' });
  const rules = { whole: [one], mirrors: [one], known: new Map() };
  const options = { apiVersion: 'admissionregistration.k8s.io/v1', excludedNamespaces: ['kube-system'] };

  test('never keep a pod from starting, and leave mirror pods and excluded namespaces alone', () => {
    const [policy, binding] = policyObjects(rules, { ...options, secrets: new Map() });
    expect(policy).toMatchObject({
      spec: {
        failurePolicy: 'Ignore',
        matchConstraints: {
          namespaceSelector: { matchExpressions: [{ operator: 'NotIn', values: ['kube-system'] }] },
        },
        matchConditions: [{ expression: expect.stringContaining('kubernetes.io/config.mirror') }],
        mutations: [{ patchType: 'ApplyConfiguration' }],
      },
    });
    expect(binding).toMatchObject({ spec: { policyName: 'pullmend.dev-images' } });
  });

  test('add a pull secret before the names change', () => {
    const [policy] = policyObjects(rules, { ...options, secrets: new Map([['one', 'pull-one']]) });
    const { mutations } = (policy as { spec: { mutations: readonly JsonObject[] } }).spec;
    expect(mutations.map(({ patchType }) => patchType)).toEqual(['JSONPatch', 'ApplyConfiguration']);
  });
});
