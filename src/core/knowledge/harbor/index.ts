export { endpointFor, originOf } from './upstream.ts';
export { needsOf, projectsOf, type HarborNeed } from './needs.ts';
