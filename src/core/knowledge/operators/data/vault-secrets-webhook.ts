import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const vaultSecretsWebhook: Operator = {
  name: 'vault-secrets-webhook',
  title: 'Vault Secrets Webhook (Bank-Vaults)',
  versions: '>=1.21.0 <=1.23.1',
  sources: github(
    'bank-vaults/vault-secrets-webhook@v1.23.1',
    'pkg/webhook/config.go',
    'deploy/charts/vault-secrets-webhook/templates/webhook-deployment.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['vault-secrets-webhook'] }],
  owns: [],
  images: [
    { of: 'ghcr.io/bank-vaults/vault-env', container: 'copy-vault-env', at: { env: 'VAULT_ENV_IMAGE' } },
    { of: 'docker.io/hashicorp/vault', container: 'vault-agent', at: { env: 'VAULT_IMAGE' } },
  ],
  reverts: 'never',
};
