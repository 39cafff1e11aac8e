import { github } from '../sources.ts';
import type { Operator } from '../schema.ts';

const group = 'apps.kruise.io';

export const openkruise: Operator = {
  name: 'openkruise',
  title: 'OpenKruise',
  versions: '>=1.3.0 <=1.9.0',
  sources: github(
    'openkruise/kruise@v1.9.0',
    'config/crd/bases/apps.kruise.io_sidecarsets.yaml',
    'config/crd/bases/apps.kruise.io_imagepulljobs.yaml',
    'config/manager/manager.yaml',
  ),
  controllers: [{ kind: 'Deployment', names: ['kruise-controller-manager'], namespaces: ['kruise-system'] }],
  owns: [
    { group, kinds: ['CloneSet', 'StatefulSet', 'DaemonSet', 'SidecarSet', 'ImagePullJob', 'BroadcastJob'] },
  ],
  images: [
    { of: '**', at: { field: '/spec/template/spec/containers/*/image', kind: 'CloneSet', group } },
    { of: '**', at: { field: '/spec/template/spec/containers/*/image', kind: 'StatefulSet', group } },
    { of: '**', at: { field: '/spec/template/spec/containers/*/image', kind: 'DaemonSet', group } },
    { of: '**', at: { field: '/spec/containers/*/image', kind: 'SidecarSet', group } },
    { of: '**', at: { field: '/spec/image', kind: 'ImagePullJob', group } },
  ],
  reverts: 'on-change',
};
