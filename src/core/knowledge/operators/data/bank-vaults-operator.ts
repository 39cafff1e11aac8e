import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'vault.banzaicloud.com';

export const bankVaultsOperator: Operator = {
  name: 'bank-vaults-operator',
  title: 'Vault Operator (Bank-Vaults)',
  versions: '>=1.21.0 <=1.24.0',
  sources: github(
    'bank-vaults/vault-operator@v1.24.0',
    'pkg/apis/vault/v1alpha1/vault_types.go',
    'deploy/crd/bases/vault.banzaicloud.com_vaults.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['vault-operator'] }],
  owns: [{ group, kinds: ['Vault'] }],
  images: [
    { of: 'docker.io/hashicorp/vault', at: { field: '/spec/image', kind: 'Vault', group } },
    { of: 'ghcr.io/bank-vaults/bank-vaults', at: { field: '/spec/bankVaultsImage', kind: 'Vault', group } },
    { of: 'docker.io/prom/statsd-exporter', at: { field: '/spec/statsdImage', kind: 'Vault', group } },
    { of: 'docker.io/fluent/fluentd', at: { field: '/spec/fluentdImage', kind: 'Vault', group } },
  ],
  reverts: 'always',
};
