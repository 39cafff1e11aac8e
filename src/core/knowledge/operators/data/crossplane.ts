import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'pkg.crossplane.io';

export const crossplane: Operator = {
  name: 'crossplane',
  title: 'Crossplane',
  versions: '>=1.14.0 <=2.3.4',
  sources: github(
    'crossplane/crossplane@v2.3.4',
    'apis/pkg/v1/package_types.go',
    'cluster/crds/pkg.crossplane.io_providers.yaml',
    'cluster/crds/pkg.crossplane.io_functions.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['crossplane'], namespaces: ['crossplane-system'] }],
  owns: [
    {
      group,
      kinds: [
        'Provider',
        'Function',
        'Configuration',
        'ProviderRevision',
        'FunctionRevision',
        'DeploymentRuntimeConfig',
      ],
    },
  ],
  images: [
    { of: '**', container: 'package-runtime', at: { field: '/spec/package', kind: 'Provider', group } },
    { of: '**', container: 'package-runtime', at: { field: '/spec/package', kind: 'Function', group } },
  ],
  reverts: 'always',
};
