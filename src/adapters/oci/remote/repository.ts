import {
  bareMediaType,
  isDigest,
  manifestAccept,
  repositoryName,
  type Reference,
} from '../../../core/image/index.ts';
import { outcomeError } from '../../../core/knowledge/mirrors/index.ts';
import { readBody } from '../http/body.ts';
import type { ImageRepository, ManifestContent, ManifestHead } from '../store.ts';
import { readBlob } from './blob.ts';
import { getManifest } from './manifest.ts';
import type { CallOptions, Session } from './session.ts';
import { joinReferrers, listReferrers } from './referrers.ts';
import { readTagPage } from './tags.ts';
import { hasBlob, mountBlob, pushBlob } from './upload.ts';

type Target = CallOptions & { readonly reference: Pick<Reference, 'registry' | 'repository'> };

/** Tags are asked for in pages; a registry that never ends is none. */
const tagsPerPage = 1000;
const maxTagPages = 200;

/** A repository on a registry. */
export function remoteRepository(session: Session, target: Target): ImageRepository {
  const { reference } = target;
  const at = (name: string) => ({
    registry: reference.registry,
    repository: reference.repository,
    ...(isDigest(name) ? { digest: name } : { tag: name }),
  });
  const repository: ImageRepository = {
    name: repositoryName(reference),
    registry: reference.registry,
    headManifest: (name) => headManifest(session, target, name),
    getManifest: (name) => getManifest(session, at(name), target),
    putManifest: async (name, manifest) => {
      const lists = await putManifest(session, target, name, manifest);
      if (!lists) await joinReferrers(session, repository, manifest);
    },
    deleteManifest: (name) => deleteManifest(session, target, name),
    listTags: () => listTags(session, target),
    listReferrers: (digest) => listReferrers(session, target, repository, digest),
    hasBlob: (digest) => hasBlob(session, target, digest),
    readBlob: (blob, from = 0) => readBlob(session, reference, blob, { ...callOf(target), from }),
    pushBlob: (blob, open, options) => pushBlob(session, target, blob, open, options),
    mountBlob: (digest, from) => mountBlob(session, target, digest, from),
  };
  return repository;
}

function callOf({ credentials, signal }: CallOptions): CallOptions {
  return { credentials, signal };
}

/** HEAD is free where GET is metered (Docker Hub); a registry that tells no digest is asked in full. */
async function headManifest(
  session: Session,
  target: Target,
  name: string,
): Promise<ManifestHead | undefined> {
  const request = {
    ...target,
    method: 'HEAD',
    path: `manifests/${name}`,
    headers: { accept: manifestAccept },
    expect: [200, 404, 405],
  } as const;
  const reply = await session.retry(() => session.sendAndDiscard(request), target.signal);
  if (reply.status === 404) return undefined;
  const [digest = ''] = reply.header('docker-content-digest');
  const type = bareMediaType(reply.header('content-type')[0] ?? '');
  if (reply.status === 200 && isDigest(digest) && type !== 'text/html') {
    const isOther = isDigest(name) && sameAlgorithm(name, digest) && name !== digest;
    if (!isOther) return { digest };
    const detail = `${reply.asked.request} → 200, but its digest is ${digest}`;
    throw outcomeError('digest-mismatch', { who: target.reference.registry, detail });
  }
  const { reference } = target;
  const asked = { ...reference, ...(isDigest(name) ? { digest: name } : { tag: name }) };
  return { digest: (await getManifest(session, asked, callOf(target))).digest };
}

/** A registry may tell the digest by another algorithm than it was asked by. */
function sameAlgorithm(a: string, b: string): boolean {
  return a.split(':', 1)[0] === b.split(':', 1)[0];
}

/** True when the registry lists the manifest among the referrers of its subject. */
async function putManifest(
  session: Session,
  target: Target,
  name: string,
  { mediaType, bytes, digest }: ManifestContent,
): Promise<boolean> {
  const request = {
    ...target,
    actions: 'pull,push',
    method: 'PUT',
    path: `manifests/${name}`,
    headers: { 'content-type': mediaType, 'content-length': String(bytes.byteLength) },
    body: bytes,
    expect: [201],
  } as const;
  const reply = await session.retry(() => session.sendAndDiscard(request), target.signal);
  const [told = digest] = reply.header('docker-content-digest');
  if (told === digest) return reply.header('oci-subject').length > 0;
  const detail = `${reply.asked.request} → 201, but stored as ${told}, not ${digest}`;
  throw outcomeError('digest-mismatch', { who: target.reference.registry, detail });
}

async function deleteManifest(session: Session, target: Target, name: string): Promise<void> {
  const request = {
    ...target,
    actions: 'pull,push,delete',
    method: 'DELETE',
    path: `manifests/${name}`,
    expect: [202],
  } as const;
  await session.retry(() => session.sendAndDiscard(request), target.signal);
}

/** Pages by the last tag, not by the address that the registry gives: that could lead anywhere. */
async function listTags(session: Session, target: Target): Promise<readonly string[]> {
  const tags: string[] = [];
  for (let page = 0; page < maxTagPages; page++) {
    const query = new URLSearchParams({ n: String(tagsPerPage) });
    const last = tags.at(-1);
    if (last !== undefined) query.set('last', last);
    const reply = await session.retry(
      () => session.send({ ...target, path: `tags/list?${query}` }),
      target.signal,
    );
    const more = reply.header('link').length > 0;
    const found = readTagPage(await readBody(reply, session.limits.manifestBytes, target.signal));
    if (found === undefined) {
      const detail = `${reply.asked.request} → 200, but no list of tags`;
      throw outcomeError('not-a-registry', { who: target.reference.registry, detail });
    }
    tags.push(...found);
    if (!more || found.length === 0) break;
  }
  return tags;
}
