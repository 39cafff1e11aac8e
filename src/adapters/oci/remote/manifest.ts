import { PullmendError } from '../../../core/base/index.ts';
import {
  bareMediaType,
  digestLike,
  formatReference,
  isDigest,
  isSchema1,
  manifestAccept,
  imageMediaTypes,
  indexMediaTypes,
  readManifest,
  type Manifest,
  type Reference,
} from '../../../core/image/index.ts';
import { outcomeError, type RegistryFailure } from '../../../core/knowledge/mirrors/index.ts';
import { readBody } from '../http/body.ts';
import type { HttpReply } from '../http/send.ts';
import { safeText } from '../http/redact.ts';
import type { CallOptions, Session } from './session.ts';

/** A manifest as it came, its digest computed here. */
export type FetchedManifest = {
  /** What was asked for, in full. */
  readonly reference: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  /** `GET https://… → 200 …` */
  readonly detail: string;
};

/**
 * Gets the manifest of a reference and checks it: media type, shape, and its digest against the one that was asked
 * for and the one that the registry tells. Throws PM_REGISTRY_*, PM_MIRROR_NOT_A_REGISTRY, PM_TLS_UNTRUSTED.
 */
export async function getManifest(
  session: Session,
  reference: Reference,
  options: CallOptions = {},
): Promise<FetchedManifest> {
  return session.retry(() => fetchManifest(session, reference, options), options.signal);
}

async function fetchManifest(session: Session, reference: Reference, options: CallOptions) {
  const signal = within(session.limits.documentMs, options.signal);
  const path = `manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
  session.budget.spend(reference.registry);
  const reply = await session.send({
    ...options,
    signal,
    reference,
    path,
    headers: { accept: manifestAccept },
  });
  const type = bareMediaType(reply.header('content-type')[0] ?? '');
  const detail = `${reply.asked.request} → 200 ${safeText(type, 80) || 'without a media type'}`;
  const fail = (outcome: RegistryFailure, why: string) =>
    outcomeError(outcome, { who: reference.registry, detail: `${detail}${why}` });
  if (!imageMediaTypes.includes(type) && !indexMediaTypes.includes(type)) {
    reply.body.destroy();
    const who = reference.registry;
    if (isSchema1(type)) throw new PullmendError('PM_IMAGE_SCHEMA1', { who }, { where: detail });
    throw fail('not-a-registry', '');
  }
  const bytes = await readBody(reply, session.limits.manifestBytes, signal);
  const wrong = wrongDigest(bytes, reference, reply);
  if (wrong !== undefined) throw fail('digest-mismatch', `; ${wrong}`);
  const manifest = readManifest(bytes, type);
  if (manifest === undefined) throw fail('not-a-registry', ', but the body is no manifest');
  const digest = digestLike(reference.digest ?? '', bytes);
  return { reference: formatReference(reference), digest, mediaType: type, bytes, manifest, detail };
}

function wrongDigest(bytes: Uint8Array, reference: Reference, reply: HttpReply): string | undefined {
  for (const expected of [reference.digest ?? '', ...reply.header('docker-content-digest')]) {
    const actual = digestLike(expected, bytes);
    if (isDigest(expected) && actual !== expected) return `its digest is ${actual}, not ${expected}`;
  }
  return undefined;
}

/** The caller's signal, or the end of the time that a document may take. */
export function within(milliseconds: number, signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(milliseconds);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}
