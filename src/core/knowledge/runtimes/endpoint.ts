import { apiHost, type Reference } from '../../image/index.ts';

/** A server that a runtime asks for an image, as its configuration says. */
export type RuntimeEndpoint = {
  /** Where manifests and blobs of the repository lie, e.g. `https://mirror.corp/v2/proxy/library/nginx`. */
  readonly repository: string;
  /** In front of the registry itself. */
  readonly mirror: boolean;
  /** `ns` of the query, by which a mirror of many registries knows which one is meant. */
  readonly namespace?: string;
  /** Certificates are not checked. */
  readonly insecure?: boolean;
  /** File on the node with authorities to trust instead of the usual ones. */
  readonly caFile?: string;
};

/** Which servers a runtime asks, first to last, and the files that say so. */
export type RuntimeRoute = {
  readonly endpoints: readonly RuntimeEndpoint[];
  readonly files: readonly string[];
};

/** A file of a node, by its path. */
export type NodeFile = { readonly path: string; readonly text: string };

/** The registry itself, as every runtime asks it when nothing is configured. */
export function registryEndpoint(reference: Pick<Reference, 'registry' | 'repository'>): RuntimeEndpoint {
  return {
    repository: `https://${apiHost(reference.registry)}/v2/${reference.repository}`,
    mirror: false,
  };
}

/** `https://mirror.corp` of an endpoint. */
export function endpointServer({ repository }: RuntimeEndpoint): string {
  return new URL(repository).origin;
}
