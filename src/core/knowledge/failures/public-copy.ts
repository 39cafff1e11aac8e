import { tryParseReference, type Reference } from '../../image/index.ts';
import { isOriginal } from '../mirrors/index.ts';
import { hostKind } from './endpoint.ts';

/** Namespaces of public clouds that hold copies of public images under their last part. */
const copyNamespaces =
  /^(?:[\w-]+\.)*aliyuncs\.com\/(?:kubesphereio|google_containers|kube-sealos|k8sxio|kainstall|hellofuture)\/|^(?:[\w-]+\.)*myhuaweicloud\.com\/(?:ks|ddn-k8s)\/|^public\.ecr\.aws\/docker\/library\/|^(?:[\w-]+\.)*tencentyun\.com\/(?:google_containers|kubesphere)\//;

/**
 * Is the name that of a copy of a public image, by its host (`docker.m.daocloud.io/x/y`), by a namespace that is known
 * for it, or by an original host in its path (`localhost:7439/ghcr.io/x/y`)?
 */
export function isPublicCopy(reference: Reference): boolean {
  const { registry, repository } = reference;
  if (hostKind(registry) === 'mirror' || copyNamespaces.test(`${registry}/${repository}/`)) return true;
  return originalInPath(reference) !== undefined;
}

/** The name that a path has in it: `ghcr.io/x/y` of `localhost:7439/ghcr.io/x/y`. */
export function originalInPath({ repository, tag, digest }: Reference): Reference | undefined {
  const parts = repository.split('/');
  for (const [at, part] of parts.entries()) {
    const named = part.includes('.') ? tryParseReference(parts.slice(at).join('/')) : undefined;
    if (named?.registry === part && isOriginal(named))
      return { ...named, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
  }
  return undefined;
}
