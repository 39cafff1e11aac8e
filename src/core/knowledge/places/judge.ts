import { tryParseReference } from '../../image/index.ts';
import type { ImageReason, NotImageReason } from '../../model/index.ts';
import { codeHosts } from './rules.data.ts';

export type Verdict =
  | { readonly image: true; readonly reason: ImageReason }
  | { readonly image: false; readonly reason: NotImageReason };

const port = /^\d{2,5}$/;
/** `app.kubernetes.io/component:webhook` is a label. */
const labelDomain = /(?:^|\.)kubernetes\.io$/;
const version = /^(?:v?\d+\.\d+[\w.-]*|latest)$/;

/**
 * Is a text that stands outside of pod specs an image. `named`: its field, variable or flag says that it holds one;
 * then a path, tag or digest is enough. Otherwise the text must tell by itself.
 */
export function judge(text: string, named: boolean): Verdict {
  const fault = faultOf(text);
  if (fault !== undefined) return { image: false, reason: fault };
  const { host, path, tag, digest } = split(text);
  if (digest) {
    // A tag that is pinned, alone: `tag: v1.9.5@sha256:…`.
    const isTag = host === undefined && /^v?\d+(?:\.\d+)+[\w.-]*$/.test(path);
    return isTag ? { image: false, reason: 'no-registry' } : { image: true, reason: 'digest' };
  }
  if (host !== undefined && (codeHosts.has(host) || labelDomain.test(host)))
    return { image: false, reason: 'no-registry' };
  if (host === undefined && !path.includes('/') && tag !== undefined && /^\d{4,5}$/.test(tag)) {
    return { image: false, reason: 'host-port' };
  }
  if (named) return { image: true, reason: 'named' };
  if (tag === undefined) return { image: false, reason: 'no-tag' };
  if (host !== undefined) {
    if (/\.svc(?::|$)|\.local(?::|$)/.test(host)) return { image: false, reason: 'service-host' };
    return { image: true, reason: 'registry-and-tag' };
  }
  if (port.test(tag)) return { image: false, reason: 'host-port' };
  if (path.includes('/') && version.test(tag)) return { image: true, reason: 'version-tag' };
  return { image: false, reason: 'no-registry' };
}

function faultOf(text: string): NotImageReason | undefined {
  if (/\{\{|\}\}|\$[({]|<[^>]*>/.test(text)) return 'template';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'url';
  if (/^(?:\/|\.|~)/.test(text) || fileEnding.test(text)) return 'path';
  if (tryParseReference(text) === undefined || oddHost.test(text)) return 'not-a-name';
  return /[/:@]/.test(text) ? undefined : 'bare-word';
}

/** Pictures, disks, boot files, archives and documents: nobody calls an image of a registry so. */
const fileEnding =
  /\.(?:avif|bmp|gif|ico|jpe?g|png|svg|tiff?|webp|efi|img|iso|ova|qcow2|raw|squashfs|vdi|vhdx?|vmdk|7z|bz2|deb|gz|rpm|tar|tgz|whl|xz|zip|zst|crt|css|html?|json|md|pdf|pem|pub|toml|txt|ya?ml)$/i;

/** A network (`10.0.0.0/8`), or random letters in front of a slash: names of hosts are written small. */
const oddHost = /^\d+(?:\.\d+){3}\/\d+(?::|$)|^[\w.:-]*[A-Z][\w.:-]*\//;

type Written = {
  /** As written: `docker.io` is not filled in. */
  readonly host: string | undefined;
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: boolean;
};

/** @param text a name that parses */
function split(text: string): Written {
  const [name = '', digest] = text.split('@', 2);
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const host = /[.:]/.test(first) || first === 'localhost' ? first : undefined;
  const rest = host === undefined ? name : name.slice(slash + 1);
  const [path = '', tag] = rest.split(':', 2);
  return { host, path, tag, digest: digest !== undefined };
}

/** Is a refused text worth a line: does it look like a name with tag, digest or registry. */
export function looksAlike(text: string): boolean {
  const bare = text.replace(/^[a-z]+:\/\//i, '').replace(/\/$/, '');
  if (tryParseReference(bare) === undefined) return false;
  const { host, tag, digest } = split(bare);
  return digest || tag !== undefined || host !== undefined;
}
