import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const seldonCore: Operator = {
  name: 'seldon-core',
  title: 'Seldon Core 1',
  versions: '>=1.14.0 <=1.18.2',
  sources: github(
    'SeldonIO/seldon-core@v1.18.2',
    'operator/controllers/seldondeployment_engine.go',
    'operator/controllers/model_initializer_injector.go',
    'operator/controllers/seldondeployment_explainers.go',
    'helm-charts/seldon-core-operator/values.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['seldon-controller-manager'], namespaces: ['seldon-system'] }],
  owns: [{ group: 'machinelearning.seldon.io', kinds: ['SeldonDeployment'] }],
  images: [
    {
      of: 'docker.io/seldonio/seldon-core-executor',
      container: 'seldon-container-engine',
      at: { env: 'EXECUTOR_CONTAINER_IMAGE_AND_VERSION' },
    },
    { of: 'docker.io/seldonio/rclone-storage-initializer', at: { env: 'RELATED_IMAGE_STORAGE_INITIALIZER' } },
  ],
  reverts: 'always',
};
