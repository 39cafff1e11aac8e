/** Media types of manifests: OCI image-spec media-types.md and Docker's image manifest v2, schema 2. */
export const mediaType = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
} as const;

/** Manifests that list one manifest per platform. */
export const indexMediaTypes: readonly string[] = [mediaType.ociIndex, mediaType.dockerList];

/** Manifests of one image. */
export const imageMediaTypes: readonly string[] = [mediaType.ociManifest, mediaType.dockerManifest];

/**
 * `Accept` of every manifest request. All four are named, in one header: a registry that misses one converts
 * the manifest (and so changes its digest) or answers 404.
 */
export const manifestAccept = [...indexMediaTypes, ...imageMediaTypes].join(', ');

/** The type itself, without parameters such as `charset`, in lower case. */
export function bareMediaType(contentType: string): string {
  return contentType.split(';', 1).join('').trim().toLowerCase();
}

/** Docker's first manifests (`…manifest.v1+json`, `+prettyjws`): deprecated since 2019, not pulled by containerd 2. */
export function isSchema1(type: string): boolean {
  return type.startsWith('application/vnd.docker.distribution.manifest.v1+');
}
