export {
  copyName,
  discoverMirrors,
  isOriginal,
  isOriginalName,
  presetsOnHost,
  type DiscoverInput,
} from './discover.ts';
export type { ClusterImages, Confidence, ConfiguredMirror, MirrorEvidence, ProposedMirror } from './types.ts';
export {
  kubeadmMirrors,
  kubekeyMirrors,
  kubeSphereMirrors,
  runtimeMirrors,
  type RouteOfNode,
} from './settings.ts';
