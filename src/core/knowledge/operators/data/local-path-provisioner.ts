import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const localPathProvisioner: Operator = {
  name: 'local-path-provisioner',
  title: 'Local Path Provisioner',
  versions: '>=0.0.20 <=0.0.37',
  sources: github(
    'rancher/local-path-provisioner@v0.0.37',
    'deploy/local-path-storage.yaml',
    'provisioner.go',
    'main.go',
  ),
  controllers: [{ kind: 'Deployment', names: ['local-path-provisioner', '*-local-path-provisioner'] }],
  owns: [],
  images: [
    {
      of: 'docker.io/library/busybox',
      container: 'helper-pod',
      at: { configMap: 'local-path-config', key: 'helperPod.yaml', path: '/spec/containers/0/image' },
    },
  ],
  reverts: 'never',
};
