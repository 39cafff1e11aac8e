export { resolverRequests, type ResolverRequest } from './resolver-trace.ts';
export { readToml } from './toml.ts';
export { containerdRoute, hostFolders, readContainerdConfig, type ContainerdConfig } from './containerd.ts';
export { crioRoute } from './crio.ts';
export { dockerRoute } from './docker.ts';
export {
  endpointServer,
  registryEndpoint,
  type NodeFile,
  type RuntimeEndpoint,
  type RuntimeRoute,
} from './endpoint.ts';
