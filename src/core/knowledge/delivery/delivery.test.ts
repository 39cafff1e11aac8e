import { describe, expect, test } from 'vitest';
import type { JsonObject, Workload } from '../../model/index.ts';
import { durationSeconds } from './duration.ts';
import {
  deliveryOfArgo,
  deliveryOfHelmRelease,
  deliveryOfKustomization,
  sourceOfFlux,
  sourceRefOf,
} from './index.ts';

function workload(metadata: JsonObject = {}): Workload {
  return {
    ref: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
    object: {
      metadata,
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'web', image: 'a:1' },
              { name: 'log', image: 'b:1' },
            ],
          },
        },
      },
    },
    podSpecPath: '/spec/template/spec',
    managers: [],
    stuckPods: [],
    jobs: [],
    serviceAccountSecrets: [],
  };
}

test.each([
  ['10m0s', 600],
  ['1h30m', 5400],
  ['1.5m', 90],
  ['30s', 30],
  ['soon', undefined],
  ['', undefined],
])('%s is %s seconds', (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

describe('Argo CD', () => {
  const rule = { group: 'apps', kind: 'Deployment' };
  const heal = { automated: { selfHeal: true } };
  const images = ['.spec.template.spec.containers[]?.image'];

  test.each<readonly [string, JsonObject, string, string]>([
    ['no automatic sync', {}, 'overwrites', 'next-sync'],
    [
      'automatic sync without selfHeal',
      { syncPolicy: { automated: { prune: true } } },
      'overwrites',
      'next-sync',
    ],
    ['selfHeal', { syncPolicy: heal }, 'reverts', 'heals'],
    [
      'selfHeal of what is switched off',
      { syncPolicy: { automated: { selfHeal: true, enabled: false } } },
      'overwrites',
      'next-sync',
    ],
    [
      'differences of the images are ignored',
      { syncPolicy: heal, ignoreDifferences: [{ ...rule, jqPathExpressions: images }] },
      'overwrites',
      'next-sync',
    ],
    [
      'and respected',
      {
        syncPolicy: { ...heal, syncOptions: ['RespectIgnoreDifferences=true'] },
        ignoreDifferences: [{ ...rule, jsonPointers: ['/spec/template/spec/containers'] }],
      },
      'keeps',
      'ignores',
    ],
    [
      'one of two images is ignored',
      {
        syncPolicy: heal,
        ignoreDifferences: [{ ...rule, jsonPointers: ['/spec/template/spec/containers/0/image'] }],
      },
      'reverts',
      'heals',
    ],
    [
      'those of another object are ignored',
      { syncPolicy: heal, ignoreDifferences: [{ ...rule, name: 'other', jqPathExpressions: images }] },
      'reverts',
      'heals',
    ],
    [
      'other fields are ignored',
      { syncPolicy: heal, ignoreDifferences: [{ ...rule, jsonPointers: ['/spec/replicas'] }] },
      'reverts',
      'heals',
    ],
  ])('%s', (_, spec, effect, mode) => {
    expect(deliveryOfArgo({ spec }, workload())).toMatchObject({ effect, sync: { mode } });
  });

  test('the source is told without the login in its address', () => {
    const spec = {
      source: { repoURL: 'https://me:secret@git.lab/apps.git', path: 'prod', targetRevision: 'main' },
    };
    expect(deliveryOfArgo({ spec, status: { sourceType: 'Kustomize' } }, workload()).source).toEqual({
      repository: 'https://git.lab/apps.git',
      path: 'prod',
      revision: 'main',
      built: 'kustomize',
    });
  });

  test('of several sources the one with objects', () => {
    const sources = [
      { repoURL: 'https://git.lab/values.git', ref: 'values' },
      { repoURL: 'https://charts.lab', chart: 'web', targetRevision: '1.0.0' },
    ];
    expect(deliveryOfArgo({ spec: { sources } }, workload()).source).toEqual({
      repository: 'https://charts.lab',
      chart: 'web',
      revision: '1.0.0',
      built: 'helm',
    });
  });
});

describe('Flux', () => {
  const spec = { interval: '10m', path: './prod', sourceRef: { kind: 'GitRepository', name: 'apps' } };
  const kustomization = { metadata: { namespace: 'flux-system' }, spec };

  test.each<readonly [string, JsonObject, JsonObject, JsonObject]>([
    [
      'each interval puts a change back',
      spec,
      {},
      { effect: 'reverts', sync: { mode: 'heals', withinSeconds: 600 } },
    ],
    ['suspended', { ...spec, suspend: true }, {}, { effect: 'overwrites', sync: { mode: 'suspended' } }],
    [
      'an object that is left out',
      spec,
      { annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } },
      { effect: 'keeps', sync: { mode: 'ignores' } },
    ],
    [
      'an object that is only made',
      spec,
      { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' } },
      { effect: 'keeps', sync: { mode: 'ignores' } },
    ],
    [
      'merged fields are written all the same',
      spec,
      { annotations: { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' } },
      { effect: 'reverts', sync: { mode: 'heals', withinSeconds: 600 } },
    ],
  ])('Kustomization: %s', (_, own, metadata, delivery) => {
    expect(deliveryOfKustomization({ spec: own }, workload(metadata))).toEqual(delivery);
  });

  test.each<readonly [string, JsonObject, JsonObject, string]>([
    ['no drift detection', {}, {}, 'overwrites'],
    ['only warnings', { driftDetection: { mode: 'warn' } }, {}, 'overwrites'],
    ['drift detection', { driftDetection: { mode: 'enabled' } }, {}, 'reverts'],
    [
      'drift of the images is ignored',
      {
        driftDetection: { mode: 'enabled', ignore: [{ paths: ['/spec/template/spec/containers/0/image'] }] },
      },
      {},
      'overwrites',
    ],
    [
      'drift of replicas is ignored',
      { driftDetection: { mode: 'enabled', ignore: [{ paths: ['/spec/replicas'] }] } },
      {},
      'reverts',
    ],
    [
      'not for this object',
      { driftDetection: { mode: 'enabled' } },
      { annotations: { 'helm.toolkit.fluxcd.io/driftDetection': 'disabled' } },
      'overwrites',
    ],
    ['suspended', { suspend: true, driftDetection: { mode: 'enabled' } }, {}, 'overwrites'],
  ])('HelmRelease: %s', (_, own, metadata, effect) => {
    expect(deliveryOfHelmRelease({ spec: { interval: '1h', ...own } }, workload(metadata))).toMatchObject({
      effect,
    });
  });

  test('the repository is that of the source', () => {
    expect(sourceRefOf(kustomization)).toEqual({
      kind: 'GitRepository',
      name: 'apps',
      namespace: 'flux-system',
    });
    const from = { spec: { url: 'ssh://git@git.lab/apps.git', ref: { branch: 'main' } } };
    expect(sourceOfFlux(kustomization, from)).toEqual({
      repository: 'ssh://git.lab/apps.git',
      path: './prod',
      revision: 'main',
      built: 'kustomize',
    });
  });
});
