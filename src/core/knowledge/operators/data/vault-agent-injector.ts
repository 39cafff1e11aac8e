import type { Operator } from '../schema.ts';

export const vaultAgentInjector: Operator = {
  name: 'vault-agent-injector',
  title: 'Vault Agent Injector',
  versions: '>=1.0.0 <=1.7.6',
  sources: [
    'https://github.com/hashicorp/vault-k8s/blob/v1.7.6/subcommand/injector/flags.go',
    'https://github.com/hashicorp/vault-k8s/blob/v1.7.6/agent-inject/agent/agent.go',
    'https://github.com/hashicorp/vault-helm/blob/v0.34.1/templates/injector-deployment.yaml',
  ],
  controllers: [
    { kind: 'Deployment', names: ['vault-agent-injector', '*-agent-injector'], namespaces: ['vault'] },
  ],
  owns: [],
  images: [{ of: 'docker.io/hashicorp/vault', at: { env: 'AGENT_INJECT_VAULT_IMAGE' } }],
  reverts: 'never',
};
