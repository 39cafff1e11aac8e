import { isDigest } from './digest.ts';
import { formatReference, parseReference, tryParseReference, type Reference } from './reference.ts';

/** Where images lie on this machine: an OCI image layout in a folder or a tar file, or the file of `docker save`. */
const localForms = ['oci', 'oci-archive', 'docker-archive'] as const;

/** An image in a folder or file of this machine. */
export type LocalImage = {
  readonly form: (typeof localForms)[number];
  readonly path: string;
  /** Its name there: a tag or a whole image name; without one the only image is meant. */
  readonly tag?: string;
  readonly digest?: string;
};

/** An image wherever it lies: on a registry, or on this machine. */
export type ImageAddress = Reference | LocalImage;

// A drive letter has a colon too.
const localPattern = /^([a-z-]+):((?:[A-Za-z]:[\\/])?[^:]+)(?::(.+))?$/s;

/**
 * Reads an image name, or `oci:DIR[:TAG]`, `oci-archive:FILE[:TAG]`, `docker-archive:FILE[:NAME]` with `@DIGEST` in place
 * of the name where wanted, as skopeo writes them (containers-transports(5)). `docker://` before a name may stand.
 * Throws PM_BAD_IMAGE_NAME.
 */
export function parseAddress(text: string): ImageAddress {
  const [, digest] = /@([a-z0-9]+:[a-f0-9]+)$/.exec(text) ?? [];
  const pinned = digest !== undefined && isDigest(digest);
  const [, form = '', path = '', tag] =
    localPattern.exec(pinned ? text.slice(0, -digest.length - 1) : text) ?? [];
  const known = localForms.find((it) => it === form);
  if (known === undefined) return parseReference(text.replace(/^docker:\/\//, ''));
  return { form: known, path, ...(tag !== undefined && { tag }), ...(pinned && { digest }) };
}

export function isLocal(address: ImageAddress): address is LocalImage {
  return 'form' in address;
}

export function formatAddress(address: ImageAddress): string {
  if (!isLocal(address)) return formatReference(address);
  const { form, path, tag, digest } = address;
  return `${form}:${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The full image name that a local image has in its folder or file, when its name there is one. */
export function originalName({ tag = '' }: LocalImage): Reference | undefined {
  return tag.includes('/') || tag.includes(':') ? tryParseReference(tag) : undefined;
}
