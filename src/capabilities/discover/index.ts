export { readNodeMirrors } from './node-mirrors.ts';
export { readPodImages, type PodImages } from './pod-images.ts';
export { readSecretHosts, type SecretHost } from './secret-hosts.ts';
export { readSettings } from './settings.ts';
export { testProposals, type Answer } from './test-proposals.ts';
export { discover, type Discovery, type DiscoverOptions } from './discover.ts';
