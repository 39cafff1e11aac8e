export { endpointFor, originOf } from './upstream.ts';
export { replicationOf, type Replication } from './replication.ts';
export { isAnonymous, needsOf, projectsOf, type HarborNeed } from './needs.ts';
