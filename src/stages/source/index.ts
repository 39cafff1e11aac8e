// Lists of images come through the doors below this one, so that each source is loaded when it is listed.
export { fromCluster, type ClusterScope } from './cluster/from-cluster.ts';
export { refuseEmptyScope } from './cluster/empty-scope.ts';
export { nodePlatforms } from './cluster/nodes.ts';
export { runningImages } from './cluster/running.ts';
export { readOwnership } from './cluster/ownership/index.ts';
export { fromFiles, imagesIn, manifestsBelow } from './files/index.ts';
export { copyKustomization, generatorsIn, kustomizationFiles, rootOf } from './kustomize/index.ts';
export { hashNames } from './snapshot/hash-names.ts';
export { parseSnapshot } from './snapshot/parse.ts';
export { recordingKube } from './snapshot/record.ts';
export { replayKube } from './snapshot/replay.ts';
