import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'argoproj.io';

export const argocdOperator: Operator = {
  name: 'argocd-operator',
  title: 'Argo CD Operator',
  versions: '>=0.8.0 <=0.18.0',
  sources: github(
    'argoproj-labs/argocd-operator@v0.18.0',
    'common/defaults.go',
    'common/keys.go',
    'config/crd/bases/argoproj.io_argocds.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['argocd-operator-controller-manager'],
      namespaces: ['argocd-operator-system', 'openshift-operators'],
    },
  ],
  owns: [{ group, kinds: ['ArgoCD', 'ArgoCDExport'] }],
  images: [
    {
      of: 'quay.io/argoproj/argocd',
      at: { field: '/spec/image', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'quay.io/argoproj/argocd',
      at: { field: '/spec/applicationSet/image', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'quay.io/argoproj/argocd',
      at: { field: '/spec/repo/image', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'quay.io/argoproj/argocd',
      at: { field: '/spec/notifications/image', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'public.ecr.aws/docker/library/redis',
      at: { field: '/spec/redis/image', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'public.ecr.aws/docker/library/haproxy',
      at: { field: '/spec/ha/redisProxyImage', kind: 'ArgoCD', group, part: 'repository' },
    },
    {
      of: 'quay.io/argoprojlabs/argocd-operator-util',
      at: { field: '/spec/image', kind: 'ArgoCDExport', group, part: 'repository' },
    },
    { of: 'quay.io/argoproj/argocd', at: { env: 'ARGOCD_IMAGE' } },
    { of: 'ghcr.io/dexidp/dex', at: { env: 'ARGOCD_DEX_IMAGE' } },
    { of: 'public.ecr.aws/docker/library/redis', at: { env: 'ARGOCD_REDIS_IMAGE' } },
    { of: 'public.ecr.aws/docker/library/redis', at: { env: 'ARGOCD_REDIS_HA_IMAGE' } },
    { of: 'public.ecr.aws/docker/library/haproxy', at: { env: 'ARGOCD_REDIS_HA_PROXY_IMAGE' } },
  ],
  reverts: 'always',
};
