import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

export const fluid: Operator = {
  name: 'fluid',
  title: 'Fluid',
  versions: '>=1.0.0 <=1.0.8',
  sources: github(
    'fluid-cloudnative/fluid@v1.0.8',
    'pkg/common/juicefs.go',
    'pkg/common/alluxio.go',
    'charts/fluid/fluid/templates/controller/juicefsruntime_controller.yaml',
  ),
  controllers: [
    {
      kind: 'Deployment',
      names: ['juicefsruntime-controller', 'alluxioruntime-controller'],
      namespaces: ['fluid-system'],
    },
  ],
  owns: [{ group: 'data.fluid.io', kinds: ['JuiceFSRuntime', 'AlluxioRuntime'] }],
  images: [
    { of: '**/juicefs-fuse', at: { env: 'JUICEFS_CE_IMAGE_ENV' } },
    { of: '**/juicefs-fuse', at: { env: 'JUICEFS_EE_IMAGE_ENV' } },
    { of: '**/alluxio', at: { env: 'ALLUXIO_RUNTIME_IMAGE_ENV' } },
    { of: '**/alluxio-fuse', at: { env: 'ALLUXIO_FUSE_IMAGE_ENV' } },
  ],
  reverts: 'on-change',
};
