import { isLocal, parseAddress, repositoryName, tryParseReference } from '../../core/image/index.ts';
import type { NodeLoadStep } from '../../core/model/index.ts';
import type { Allowed } from '../allowed.ts';

/** An image of a registry is given to nodes under its own name only, or it stands in for another as planned. */
export function vet({ source, names, digest }: NodeLoadStep, { images }: Allowed): string | undefined {
  const address = parseAddress(source);
  for (const name of names) {
    const reference = tryParseReference(name);
    if (reference === undefined) return `${name} is no image name`;
    if (reference.digest !== undefined && reference.digest !== digest)
      return `${name} would lead to ${digest}`;
    const isOwn = isLocal(address) || repositoryName(reference) === repositoryName(address);
    if (!isOwn && !images.has(source)) return `${source} would be given the name ${name}`;
  }
  return undefined;
}
