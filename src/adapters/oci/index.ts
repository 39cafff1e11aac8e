export { createRegistryClient, type RegistryClient } from './client.ts';
export { dockerConfigKeychain, pullSecretKeychain } from './credentials/docker-config.ts';
export { anonymous, firstOf, type Credentials, type Keychain } from './credentials/keychain.ts';
export type { ClientOptions, HostSettings, Limits } from './options.ts';
export type { BlobRef } from './remote/blob.ts';
export type { FetchedManifest } from './remote/manifest.ts';
export type { ProbeOptions } from './remote/probe.ts';
export type { CallOptions } from './remote/session.ts';
export type { ImageRepository } from './store.ts';
