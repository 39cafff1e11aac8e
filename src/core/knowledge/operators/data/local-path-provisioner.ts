import type { Operator } from '../schema.ts';

export const localPathProvisioner: Operator = {
  name: 'local-path-provisioner',
  title: 'Local Path Provisioner',
  versions: '>=0.0.20 <=0.0.37',
  sources: [
    'https://github.com/rancher/local-path-provisioner/blob/v0.0.37/deploy/local-path-storage.yaml',
    'https://github.com/rancher/local-path-provisioner/blob/v0.0.37/provisioner.go',
    'https://github.com/rancher/local-path-provisioner/blob/v0.0.37/main.go',
  ],
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
