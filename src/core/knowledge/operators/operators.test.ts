import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  isCalled,
  operatorOfController,
  operatorOfKind,
  operators,
  operatorSchema,
  placesOf,
} from './index.ts';

describe.each(operators.map((operator) => [operator.name, operator] as const))('%s', (_, operator) => {
  test('is as the schema says', () => {
    expect(operatorSchema.parse(operator)).toEqual(operator);
  });

  test('sets fields of its own kinds only, each place once', () => {
    const places = operator.images.map(({ of, container = '', at }) => JSON.stringify([of, container, at]));
    expect(new Set(places).size).toBe(places.length);
    for (const { at } of operator.images) {
      if (!('field' in at)) continue;
      const kinds = operator.owns.flatMap(({ group, kinds: all }) => all.map((kind) => `${group}/${kind}`));
      expect(kinds).toContain(`${at.group}/${at.kind}`);
    }
  });

  test('names whole repositories: with their registry, and library where Docker Hub has no owner', () => {
    for (const { of } of operator.images) {
      expect(of).toMatch(/^([^/]+\.[^/]+|\*\*|localhost)(\/|$)/);
      expect(of).not.toMatch(/^docker\.io\/[^/]+$/);
    }
  });

  test('has a usual namespace where its name alone says too little', () => {
    const only = operator.controllers.filter((one) => one.only);
    expect(only.filter(({ namespaces }) => namespaces === undefined)).toEqual([]);
  });
});

test('each has a file of its own, and a row; no name comes twice', () => {
  const files = readdirSync(new URL('data', import.meta.url)).filter((file) => file !== 'index.ts');
  const names = operators.map(({ name }) => name);
  expect(names.map((name) => `${name}.ts`).toSorted()).toEqual(files.toSorted());
  expect(names).toEqual(names.toSorted());
});

test('a kind is carried out by one operator', () => {
  const kinds = operators.flatMap(({ owns }) =>
    owns.flatMap(({ group, kinds: all }) => all.map((kind) => `${group}/${kind}`)),
  );
  expect(kinds.filter((kind, index) => kinds.indexOf(kind) !== index)).toEqual([]);
});

describe('what is known is found', () => {
  const prometheus = { apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus' };

  test('by the kind of a custom resource', () => {
    expect(operatorOfKind(operators, prometheus)?.name).toBe('prometheus-operator');
    expect(operatorOfKind(operators, { ...prometheus, kind: 'ServiceMonitor' })).toBeUndefined();
    expect(operatorOfKind(operators, { ...prometheus, apiVersion: 'example.com/v1' })).toBeUndefined();
  });

  test('by the name of its program', () => {
    const program = { kind: 'Deployment', name: 'prometheus-operator', namespace: 'monitoring' };
    expect(operatorOfController(operators, program)?.name).toBe('prometheus-operator');
    expect(operatorOfController(operators, { ...program, kind: 'DaemonSet' })).toBeUndefined();
  });

  test('by a name that many have, only where it usually runs', () => {
    const program = { kind: 'Deployment', name: 'controller', namespace: 'knative-serving' };
    expect(operatorOfController(operators, program)?.name).toBe('knative-serving');
    expect(operatorOfController(operators, { ...program, namespace: 'metallb-system' })).toBeUndefined();
  });

  test('by an image, the place that wins first', () => {
    const found = operatorOfKind(operators, prometheus);
    const places = found === undefined ? [] : placesOf(found, 'quay.io/prometheus/prometheus:v3.1.0');
    expect(places[0]?.at).toMatchObject({ field: '/spec/image', kind: 'Prometheus' });
    expect(places.at(-1)?.at).toMatchObject({ flag: '--prometheus-default-base-image' });
    expect(found === undefined ? [] : placesOf(found, 'quay.io/other:1')).toEqual([]);
  });
});

test('names of objects are patterns', () => {
  expect(isCalled('istio-sidecar-injector*', 'istio-sidecar-injector-1-24')).toBe(true);
  expect(isCalled('istio-sidecar-injector*', 'my-istio-sidecar-injector')).toBe(false);
});
