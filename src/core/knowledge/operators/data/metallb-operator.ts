import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const metallbOperator: Operator = {
  name: 'metallb-operator',
  title: 'MetalLB Operator',
  versions: '>=0.13.3 <=0.14.2',
  sources: github('metallb/metallb-operator@v0.14.2', 'pkg/params/params.go', 'config/manager/env.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['metallb-operator-controller-manager'], namespaces: ['metallb-system'] },
  ],
  owns: [{ group: 'metallb.io', kinds: ['MetalLB'] }],
  images: [
    { of: 'quay.io/metallb/controller', container: 'controller', at: { env: 'CONTROLLER_IMAGE' } },
    { of: 'quay.io/metallb/speaker', container: 'speaker', at: { env: 'SPEAKER_IMAGE' } },
    { of: 'quay.io/frrouting/frr', at: { env: 'FRR_IMAGE' } },
    { of: 'quay.io/brancz/kube-rbac-proxy', at: { env: 'KUBE_RBAC_PROXY_IMAGE' } },
    { of: 'quay.io/metallb/frr-k8s', at: { env: 'FRRK8S_IMAGE' } },
  ],
  reverts: 'always',
};
