import { asObjects, dig, digText, type KindInfo } from '../../../core/knowledge/pods/index.ts';
import type { JsonObject } from '../../../core/model/index.ts';
import { isExpired, readPage } from '../pages.ts';
import type { Transport } from '../transport.ts';
import type { WatchOptions } from './changes.ts';

export type Listed = {
  readonly objects: readonly JsonObject[];
  /** A watch that starts here misses nothing. */
  readonly resourceVersion: string;
};

/** Lists that expire before their last page was read, one after another: the cluster changes faster than it is read. */
const maxRestarts = 3;

/** All objects as of one version: a list whose later pages have expired is read anew from its beginning. */
export async function listAll(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  options: WatchOptions,
): Promise<Listed> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await listOnce(transport, info, apiVersion, options);
    } catch (error) {
      if (!isExpired(error) || restarts === maxRestarts) throw error;
    }
  }
}

async function listOnce(
  transport: Transport,
  info: KindInfo,
  apiVersion: string,
  options: WatchOptions,
): Promise<Listed> {
  const objects: JsonObject[] = [];
  let resourceVersion = '';
  let next: string | undefined;
  do {
    const page = await readPage(transport, info, apiVersion, options, next);
    // Items of a list do not say what they are.
    objects.push(...asObjects(dig(page, 'items')).map((item) => ({ ...item, apiVersion, kind: info.kind })));
    resourceVersion = digText(page, 'metadata', 'resourceVersion') ?? resourceVersion;
    next = digText(page, 'metadata', 'continue');
  } while (next !== undefined);
  return { objects, resourceVersion };
}
