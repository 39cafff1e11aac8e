import {
  bareMediaType,
  digestOf,
  formatReferrers,
  mediaType,
  readReferrers,
  referrerOf,
  referrersTag,
  withReferrer,
  type Referrer,
} from '../../../core/image/index.ts';
import { outcomeError, outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import { readBody } from '../http/body.ts';
import type { ImageRepository, ManifestContent } from '../store.ts';
import { within } from './manifest.ts';
import type { RegistryRequest, Session } from './session.ts';

type Target = Pick<RegistryRequest, 'reference' | 'credentials' | 'signal'>;
type Repository = Pick<ImageRepository, 'name' | 'getManifest' | 'headManifest' | 'putManifest'>;

/** More signatures and SBOMs than any image has; a registry that never ends is none. */
const maxPages = 20;

/** Referrers of a manifest: from the API of OCI 1.1, else from the tag that stands in for it. */
export async function listReferrers(
  session: Session,
  target: Target,
  repository: Repository,
  digest: string,
): Promise<readonly Referrer[]> {
  return (await fromApi(session, target, digest)) ?? (await fromTag(repository, digest));
}

async function fromApi(
  session: Session,
  target: Target,
  digest: string,
): Promise<readonly Referrer[] | undefined> {
  const found: Referrer[] = [];
  let query = '';
  for (let page = 0; page < maxPages; page++) {
    const reply = await session
      .retry(
        () =>
          session.send({
            ...target,
            path: `referrers/${digest}${query}`,
            headers: { accept: mediaType.ociIndex },
          }),
        target.signal,
      )
      .catch((error: unknown) => {
        // Registries before OCI 1.1 do not know the address, and some refuse it.
        const outcome = outcomeOf(error);
        if (outcome === 'absent' || outcome === 'not-a-registry') return undefined;
        throw error;
      });
    if (reply === undefined) return undefined;
    const type = bareMediaType(reply.header('content-type')[0] ?? '');
    const more = nextQuery(reply.header('link')[0]);
    const signal = within(session.limits.documentMs, target.signal);
    const list = readReferrers(await readBody(reply, session.limits.manifestBytes, signal));
    if (type !== mediaType.ociIndex || list === undefined) return undefined;
    found.push(...list);
    if (more === undefined) return found;
    query = more;
  }
  const detail = `${target.reference.repository} → more than ${maxPages} pages of referrers`;
  throw outcomeError('not-a-registry', { who: target.reference.registry, detail });
}

/** Only the query of the next page is taken over: the rest of the address could lead anywhere. */
function nextQuery(link: string | undefined): string | undefined {
  return /^\s*<[^>?]*(\?[^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
}

async function fromTag(repository: Repository, digest: string): Promise<readonly Referrer[]> {
  const tag = referrersTag(digest);
  if ((await repository.headManifest(tag)) === undefined) return [];
  return readReferrers((await repository.getManifest(tag)).bytes) ?? [];
}

/**
 * Adds a manifest with a subject to the list under the tag, for a registry that keeps no lists itself. Several for one
 * subject take turns; what another program adds at the same moment may be lost, as the specification warns.
 */
export async function joinReferrers(
  session: Session,
  repository: Repository,
  manifest: ManifestContent,
): Promise<void> {
  const found = referrerOf(manifest);
  if (found === undefined) return;
  const { subject, referrer } = found;
  await session.inTurn(`${repository.name} ${subject}`, async () => {
    const list = await fromTag(repository, subject);
    const longer = withReferrer(list, referrer);
    if (longer === list) return;
    const bytes = formatReferrers(longer);
    const tag = referrersTag(subject);
    await repository.putManifest(tag, { mediaType: mediaType.ociIndex, bytes, digest: digestOf(bytes) });
  });
}
