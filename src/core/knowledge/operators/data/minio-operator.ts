import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'minio.min.io';

export const minioOperator: Operator = {
  name: 'minio-operator',
  title: 'MinIO Operator',
  versions: '>=5.0.6 <=7.1.1',
  sources: github(
    'minio/operator@v7.1.1',
    'pkg/apis/minio.min.io/v2/constants.go',
    'pkg/apis/minio.min.io/v2/helper.go',
    'pkg/resources/statefulsets/minio-sidecar.go',
    'helm/operator/templates/operator-deployment.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['minio-operator'], namespaces: ['minio-operator'] }],
  owns: [{ group, kinds: ['Tenant'] }],
  images: [
    { of: 'docker.io/minio/minio', container: 'minio', at: { field: '/spec/image', kind: 'Tenant', group } },
    { of: 'quay.io/minio/minio', container: 'minio', at: { field: '/spec/image', kind: 'Tenant', group } },
    { of: 'docker.io/minio/kes', container: 'kes', at: { field: '/spec/kes/image', kind: 'Tenant', group } },
    { of: 'quay.io/minio/operator-sidecar', at: { env: 'OPERATOR_SIDECAR_IMAGE' } },
    { of: 'docker.io/minio/minio', container: 'minio', at: { env: 'TENANT_MINIO_IMAGE' } },
    { of: 'docker.io/minio/kes', container: 'kes', at: { env: 'TENANT_KES_IMAGE' } },
  ],
  reverts: 'always',
};
