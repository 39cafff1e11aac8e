import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const ironicStandaloneOperator: Operator = {
  name: 'ironic-standalone-operator',
  title: 'Ironic Standalone Operator (Metal3)',
  versions: '>=0.5.0 <=0.11.0',
  sources: github('metal3-io/ironic-standalone-operator@v0.11.0', 'cmd/main.go', 'pkg/ironic/version.go'),
  controllers: [{ kind: 'Deployment', names: ['ironic-standalone-operator-controller-manager'] }],
  owns: [{ group: 'ironic.metal3.io', kinds: ['Ironic'] }],
  images: [
    { of: 'quay.io/metal3-io/ironic', at: { env: 'IRONIC_IMAGE' } },
    { of: 'quay.io/metal3-io/keepalived', at: { env: 'KEEPALIVED_IMAGE' } },
    { of: 'quay.io/metal3-io/ironic-ipa-downloader', at: { env: 'RAMDISK_DOWNLOADER_IMAGE' } },
  ],
  reverts: 'always',
};
