import type { Reference } from '../../image/index.ts';
import { isInCopyProject, isOriginal, publicOriginal } from '../mirrors/index.ts';
import { hostKind } from './endpoint.ts';

/**
 * Is the name that of a copy of a public image, by its host (`docker.m.daocloud.io/x/y`), by a project that is known
 * for it, or by an original host in its path (`localhost:7439/ghcr.io/x/y`)?
 */
export function isPublicCopy(reference: Reference): boolean {
  if (hostKind(reference.registry) === 'mirror' || isInCopyProject(reference)) return true;
  const known = publicOriginal(reference);
  return known !== undefined && (known.certainty === 'certain' || isOriginal(reference));
}
