import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'operators.coreos.com';

export const operatorLifecycleManager: Operator = {
  name: 'operator-lifecycle-manager',
  title: 'Operator Lifecycle Manager',
  versions: '>=0.20.0 <=0.46.0',
  sources: github(
    'operator-framework/operator-lifecycle-manager@v0.46.0',
    'cmd/catalog/main.go',
    'cmd/catalog/start.go',
    'deploy/chart/crds/0000_50_olm_00-catalogsources.crd.yaml',
    'deploy/chart/crds/0000_50_olm_00-clusterserviceversions.crd.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['catalog-operator', 'olm-operator'],
      namespaces: ['olm', 'openshift-operator-lifecycle-manager'],
    },
  ],
  owns: [{ group, kinds: ['CatalogSource', 'ClusterServiceVersion'] }],
  images: [
    { of: '**', at: { field: '/spec/image', kind: 'CatalogSource', group } },
    {
      of: '**',
      at: {
        field: '/spec/install/spec/deployments/*/spec/template/spec/containers/*/image',
        kind: 'ClusterServiceVersion',
        group,
      },
    },
    { of: 'quay.io/operator-framework/opm', at: { flag: '--opmImage' } },
    { of: 'quay.io/operator-framework/olm', at: { flag: '--util-image' } },
    { of: 'quay.io/operator-framework/configmap-operator-registry', at: { flag: '--configmapServerImage' } },
  ],
  reverts: 'always',
};
