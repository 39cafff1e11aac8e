import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const shipwrightBuild: Operator = {
  name: 'shipwright-build',
  title: 'Shipwright Build',
  versions: '>=0.14.0 <=0.20.13',
  sources: github('shipwright-io/build@v0.20.13', 'pkg/config/config.go', 'deploy/500-controller.yaml'),
  controllers: [
    { kind: 'Deployment', names: ['shipwright-build-controller'], namespaces: ['shipwright-build'] },
  ],
  owns: [{ group: 'shipwright.io', kinds: ['Build', 'BuildRun'] }],
  images: [
    { of: 'ghcr.io/shipwright-io/build/git', at: { env: 'GIT_CONTAINER_IMAGE' } },
    { of: 'ghcr.io/shipwright-io/build/image-processing', at: { env: 'IMAGE_PROCESSING_CONTAINER_IMAGE' } },
    { of: 'ghcr.io/shipwright-io/build/bundle', at: { env: 'BUNDLE_CONTAINER_IMAGE' } },
    { of: 'ghcr.io/shipwright-io/build/waiter', at: { env: 'WAITER_CONTAINER_IMAGE' } },
  ],
  reverts: 'never',
};
