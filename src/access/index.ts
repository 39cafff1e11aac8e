// The outside world of one command: one connection to the cluster, one set of registries, one lifetime.
export { chosenMirrors } from './chosen-mirrors.ts';
export { namespacesOf, openOutside, type MenderOptions, type Outside } from './outside.ts';
export { openClient } from './registries/client.ts';
export { dockerConfigJson, dockerConfigOf, keychainFor } from './registries/credentials.ts';
export { guardOf } from './registries/rates.ts';
export { openRegistries } from './registries/registries.ts';
export { RegistryGuard } from './registries/registry-guard.ts';
export { helmFor } from './helm.ts';
export { accessOf, notEntered, onNode, type NodeOn } from './nodes.ts';
export { withImage } from './with-image.ts';
export { newRunName } from './run-name.ts';
export { findRun, namespacesOfRecord, runsIn } from './runs.ts';
export type { Registries, World } from './world.ts';
