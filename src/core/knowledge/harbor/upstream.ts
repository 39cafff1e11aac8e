/** How a Harbor calls a registry that it takes images from. */
export type EndpointKind = { readonly name: string; readonly type: string; readonly url: string };

/**
 * The endpoint for a registry. Types that a proxy project may have: `permitted_registry_types_for_proxy_cache` of
 * Harbor's configuration, which `quay` is not one of; ghcr.io refuses the ping of the plain type
 * (goharbor/harbor#21979).
 */
export function endpointFor(host: string): EndpointKind {
  if (host === 'docker.io') return { name: host, type: 'docker-hub', url: 'https://hub.docker.com' };
  const type = host === 'ghcr.io' ? 'github-ghcr' : 'docker-registry';
  return { name: host, type, url: `https://${host}` };
}

/** The registry, as it stands in image names, that an endpoint leads to. */
export function originOf(endpoint: { readonly type: string; readonly url: string }): string {
  if (endpoint.type === 'docker-hub') return 'docker.io';
  const text = /^https?:\/\//i.test(endpoint.url) ? endpoint.url : `https://${endpoint.url}`;
  const host = URL.canParse(text) ? new URL(text).host : endpoint.url;
  return /^(registry-1|index|registry|hub)\.docker\.(io|com)$|^docker\.io$/.test(host) ? 'docker.io' : host;
}
