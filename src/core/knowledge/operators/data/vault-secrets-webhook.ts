import type { Operator } from '../schema.ts';

export const vaultSecretsWebhook: Operator = {
  name: 'vault-secrets-webhook',
  title: 'Vault Secrets Webhook (Bank-Vaults)',
  versions: '>=1.21.0 <=1.23.1',
  sources: [
    'https://github.com/bank-vaults/vault-secrets-webhook/blob/v1.23.1/pkg/webhook/config.go',
    'https://github.com/bank-vaults/vault-secrets-webhook/blob/v1.23.1/deploy/charts/vault-secrets-webhook/templates/webhook-deployment.yaml',
  ],
  controllers: [{ kind: 'Deployment', names: ['vault-secrets-webhook'] }],
  owns: [],
  images: [
    { of: 'ghcr.io/bank-vaults/vault-env', container: 'copy-vault-env', at: { env: 'VAULT_ENV_IMAGE' } },
    { of: 'docker.io/hashicorp/vault', container: 'vault-agent', at: { env: 'VAULT_IMAGE' } },
  ],
  reverts: 'never',
};
