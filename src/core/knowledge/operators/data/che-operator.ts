import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const cheOperator: Operator = {
  name: 'che-operator',
  title: 'Eclipse Che Operator',
  versions: '>=7.100.0 <=7.121.0',
  sources: github(
    'eclipse-che/che-operator@7.121.0',
    'config/manager/manager.yaml',
    'pkg/common/operator-defaults/defaults.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['che-operator'], namespaces: ['eclipse-che'] }],
  owns: [{ group: 'org.eclipse.che', kinds: ['CheCluster'] }],
  images: [
    { of: 'quay.io/eclipse/che-server', at: { env: 'RELATED_IMAGE_che_server' } },
    { of: 'quay.io/eclipse/che-dashboard', at: { env: 'RELATED_IMAGE_dashboard' } },
    { of: 'quay.io/eclipse/che-plugin-registry', at: { env: 'RELATED_IMAGE_plugin_registry' } },
    {
      of: 'quay.io/eclipse/che-tls-secret-creator',
      at: { env: 'RELATED_IMAGE_che_tls_secrets_creation_job' },
    },
    { of: 'quay.io/eclipse/che--traefik', at: { env: 'RELATED_IMAGE_single_host_gateway' } },
    {
      of: 'quay.io/che-incubator/configbump',
      at: { env: 'RELATED_IMAGE_single_host_gateway_config_sidecar' },
    },
    {
      of: 'quay.io/oauth2-proxy/oauth2-proxy',
      at: { env: 'RELATED_IMAGE_gateway_authentication_sidecar_k8s' },
    },
    { of: 'quay.io/brancz/kube-rbac-proxy', at: { env: 'RELATED_IMAGE_gateway_authorization_sidecar' } },
    { of: 'quay.io/che-incubator/header-rewrite-proxy', at: { env: 'RELATED_IMAGE_gateway_header_sidecar' } },
  ],
  reverts: 'always',
};
