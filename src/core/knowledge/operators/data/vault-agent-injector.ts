import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const vaultAgentInjector: Operator = {
  name: 'vault-agent-injector',
  title: 'Vault Agent Injector',
  versions: '>=1.0.0 <=1.7.6',
  sources: [
    ...github('hashicorp/vault-k8s@v1.7.6', 'subcommand/injector/flags.go', 'agent-inject/agent/agent.go'),
    ...github('hashicorp/vault-helm@v0.34.1', 'templates/injector-deployment.yaml'),
  ],
  controllers: [
    { kind: 'Deployment', names: ['vault-agent-injector', '*-agent-injector'], namespaces: ['vault'] },
  ],
  owns: [],
  images: [{ of: 'docker.io/hashicorp/vault', at: { env: 'AGENT_INJECT_VAULT_IMAGE' } }],
  reverts: 'never',
};
