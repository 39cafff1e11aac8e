import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../core/model/index.ts';
import { managersOf } from './managers.ts';

function deployment(metadata: JsonObject): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web', ...metadata },
  };
}

describe('who writes an object, by the marks that it bears', () => {
  test.each<readonly [string, JsonObject, JsonObject | undefined]>([
    ['nobody', { labels: { app: 'web', 'app.kubernetes.io/managed-by': 'Helm' } }, undefined],
    [
      'OLM',
      {
        labels: {
          'olm.owner': 'pg.v1.2.0',
          'olm.owner.kind': 'ClusterServiceVersion',
          'olm.owner.namespace': 'operators',
        },
      },
      {
        by: 'applier',
        kind: 'ClusterServiceVersion',
        namespace: 'operators',
        name: 'pg.v1.2.0',
        effect: 'reverts',
      },
    ],
    [
      'k3s',
      {
        annotations: {
          'objectset.rio.cattle.io/owner-gvk': 'k3s.cattle.io/v1, Kind=Addon',
          'objectset.rio.cattle.io/owner-name': 'coredns',
          'objectset.rio.cattle.io/owner-namespace': 'kube-system',
        },
      },
      { by: 'applier', kind: 'Addon', namespace: 'kube-system', name: 'coredns', effect: 'overwrites' },
    ],
    [
      'KubeVela',
      { labels: { 'app.oam.dev/name': 'site', 'app.oam.dev/namespace': 'shop' } },
      { by: 'applier', kind: 'Application', namespace: 'shop', name: 'site', effect: 'reverts' },
    ],
    [
      'Karmada, by annotations since 1.8',
      { annotations: { 'work.karmada.io/name': 'web-1', 'work.karmada.io/namespace': 'karmada-es-m1' } },
      { by: 'applier', kind: 'Work', namespace: 'karmada-es-m1', name: 'web-1', effect: 'reverts' },
    ],
    [
      'KubeFed',
      { labels: { 'kubefed.io/managed': 'true' } },
      { by: 'applier', kind: 'FederatedDeployment', namespace: 'shop', name: 'web', effect: 'reverts' },
    ],
    ['KubeFed told to keep off', { labels: { 'kubefed.io/managed': 'false' } }, undefined],
  ])('%s', (_, metadata, manager) => {
    expect(managersOf(deployment(metadata), undefined)).toEqual(manager === undefined ? [] : [manager]);
  });
});
