export { fromCluster, type ClusterScope } from './cluster/from-cluster.ts';
export { fromFiles } from './files/from-files.ts';
