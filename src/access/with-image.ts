import { openLocalImages, type ImageRepository } from '../adapters/oci/index.ts';
import { openJournal, writeFileAtomic } from '../adapters/files/index.ts';
import { isLocal, parseAddress } from '../core/image/index.ts';
import { openClient } from './registries/client.ts';
import type { World } from './world.ts';

/**
 * Opens an image that this machine can read, by name or as `oci-archive:FILE:NAME`: through its proxy and with its
 * logins. `work` gets the repository and the image's tag or digest in it. Errors: PM_BAD_IMAGE_NAME; those of the work.
 */
export async function withImage<T>(
  source: string,
  { options, outside }: Pick<World, 'options' | 'outside'>,
  work: (repository: ImageRepository, name: string) => Promise<T>,
): Promise<T> {
  const address = parseAddress(source);
  if (isLocal(address)) {
    const local = openLocalImages({ writeFile: writeFileAtomic, openJournal });
    try {
      return await work(local.repository(address, 'source'), address.digest ?? address.tag ?? '');
    } finally {
      await local.close();
    }
  }
  const client = openClient(options, outside);
  try {
    const repository = client.repository(address, { signal: options.signal });
    return await work(repository, address.digest ?? address.tag ?? 'latest');
  } finally {
    await client.close();
  }
}
