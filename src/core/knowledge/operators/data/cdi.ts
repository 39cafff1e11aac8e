import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const cdi: Operator = {
  name: 'cdi',
  title: 'Containerized Data Importer',
  versions: '>=1.57.0 <=1.66.0',
  sources: github(
    'kubevirt/containerized-data-importer@v1.66.0',
    'pkg/operator/resources/operator/operator.go',
    'pkg/operator/resources/namespaced/factory.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['cdi-operator'], namespaces: ['cdi'] }],
  owns: [{ group: 'cdi.kubevirt.io', kinds: ['CDI'] }],
  images: [
    { of: 'quay.io/kubevirt/cdi-controller', at: { env: 'CONTROLLER_IMAGE' } },
    { of: 'quay.io/kubevirt/cdi-importer', at: { env: 'IMPORTER_IMAGE' } },
    { of: 'quay.io/kubevirt/cdi-cloner', at: { env: 'CLONER_IMAGE' } },
    { of: 'quay.io/kubevirt/cdi-apiserver', at: { env: 'APISERVER_IMAGE' } },
    { of: 'quay.io/kubevirt/cdi-uploadserver', at: { env: 'UPLOAD_SERVER_IMAGE' } },
    { of: 'quay.io/kubevirt/cdi-uploadproxy', at: { env: 'UPLOAD_PROXY_IMAGE' } },
  ],
  reverts: 'always',
};
