export { fromCluster, type ClusterScope } from './cluster/from-cluster.ts';
export { fromFiles, readManifests } from './files/from-files.ts';
