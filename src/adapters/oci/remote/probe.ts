import { isError, PullmendError } from '../../../core/base/index.ts';
import {
  formatPlatform,
  formatReference,
  manifestAccept,
  missingPlatforms,
  platformDigests,
  platformMatches,
  readConfigPlatform,
  type Descriptor,
  type Manifest,
  type Reference,
} from '../../../core/image/index.ts';
import { outcomeOf } from '../../../core/knowledge/mirrors/index.ts';
import type { Probe } from '../../../core/model/index.ts';
import { readSmallBlob } from './blob.ts';
import { getManifest, within, type FetchedManifest } from './manifest.ts';
import type { CallOptions, Session } from './session.ts';

export type ProbeOptions = CallOptions & {
  /** `os/arch` that must be there: the manifest of each is got too, an index alone proves little. */
  readonly platforms?: readonly string[];
};

/** Indexes without platforms are small in practice; each entry costs two requests. */
const maxUnnamedEntries = 4;

/** What most nodes are. */
const usualPlatform = 'linux/amd64';

type Offer = Pick<Probe, 'platforms' | 'platformDigests'>;

/** What an index offers, and the platforms whose manifests were looked for. */
type Checked = { readonly digests: Readonly<Record<string, string>>; readonly checked: readonly string[] };

/**
 * Finds out whether a registry really serves an image. Failures of registries and networks are the result, not an
 * error; what is thrown is a mistake of the configuration (PM_TLS_FILE_UNREADABLE) or the reason of the signal.
 */
export async function probe(
  session: Session,
  reference: Reference,
  options: ProbeOptions = {},
): Promise<Probe> {
  const name = formatReference(reference);
  try {
    const fetched = await getManifest(session, reference, options);
    const { checked, ...offer } = await readOffer(session, reference, fetched.manifest, options);
    const { platforms = [] } = options;
    return judged(name, fetched, offer, platforms.length > 0 ? platforms : checked);
  } catch (error) {
    return failedProbe(name, error);
  }
}

function judged(reference: string, fetched: FetchedManifest, offer: Offer, needed: readonly string[]): Probe {
  const { digest, mediaType, detail } = fetched;
  const missing = missingPlatforms(needed, offer.platforms);
  const works = missing.length === 0;
  return {
    reference,
    outcome: works ? 'works' : 'platform-missing',
    digest,
    mediaType,
    ...offer,
    detail: works
      ? detail
      : `${detail}; no ${missing.join(', ')}, only ${offer.platforms.join(', ') || 'none'}`,
  };
}

function failedProbe(reference: string, error: unknown): Probe {
  const outcome = outcomeOf(error);
  if (outcome === undefined || !(error instanceof PullmendError)) throw error;
  const retryAfter = isError(error, 'PM_REGISTRY_RATE_LIMITED') ? error.params.retryAfter : undefined;
  return {
    reference,
    outcome,
    platforms: [],
    platformDigests: {},
    detail: error.where ?? error.message,
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

async function readOffer(
  session: Session,
  reference: Reference,
  manifest: Manifest,
  options: ProbeOptions,
): Promise<Offer & Pick<Checked, 'checked'>> {
  if (manifest.kind === 'image') {
    const platform = await platformOf(session, reference, manifest, options);
    return { platforms: platform === undefined ? [] : [platform], platformDigests: {}, checked: [] };
  }
  const listed = platformDigests(manifest.manifests);
  const { digests, checked } =
    Object.keys(listed).length > 0
      ? await withoutBroken(session, reference, listed, options)
      : { digests: await unnamedEntries(session, reference, manifest.manifests, options), checked: [] };
  return { platforms: Object.keys(digests), platformDigests: digests, checked };
}

async function platformOf(
  session: Session,
  reference: Reference,
  manifest: Extract<Manifest, { kind: 'image' }>,
  options: CallOptions,
): Promise<string | undefined> {
  const platform = readConfigPlatform(await readSmallBlob(session, reference, manifest.config, options));
  return platform && formatPlatform(platform);
}

/** The index without the needed platforms whose manifests the registry does not have. */
async function withoutBroken(
  session: Session,
  reference: Reference,
  listed: Readonly<Record<string, string>>,
  options: ProbeOptions,
): Promise<Checked> {
  const offered = Object.keys(listed);
  const { platforms = [] } = options;
  const taken = new Set(
    platforms.length > 0 ? platforms.flatMap((needed) => bestOf(needed, offered)) : usualOf(offered),
  );
  const checks = [...taken].map(async (platform) => {
    const digest = listed[platform];
    // Where the platform is a guess, a question that counts as no pull is enough.
    const ask = platforms.length > 0 ? hasManifest : knowsManifest;
    const there = digest !== undefined && (await ask(session, { ...reference, digest }, options));
    return there ? [] : [platform];
  });
  const broken = (await Promise.all(checks)).flat();
  const digests = Object.fromEntries(
    Object.entries(listed).filter(([platform]) => !broken.includes(platform)),
  );
  return { digests, checked: [...taken] };
}

/** Where nobody says which platforms matter, one is looked at: an index of whose manifests none is there proves nothing. */
function usualOf(offered: readonly string[]): readonly string[] {
  const usual = bestOf(usualPlatform, offered);
  return usual.length > 0 ? usual : offered.slice(0, 1);
}

/** What a runtime on that platform would take: itself, else the newest variant that runs there. */
function bestOf(needed: string, offered: readonly string[]): readonly string[] {
  const fitting = offered.filter((platform) => platformMatches(needed, platform));
  const best = fitting.find((it) => fitting.every((other) => platformMatches(it, other)));
  return best === undefined ? [] : [best];
}

async function hasManifest(session: Session, reference: Reference, options: CallOptions): Promise<boolean> {
  try {
    await getManifest(session, reference, options);
    return true;
  } catch (error) {
    if (outcomeOf(error) === 'absent') return false;
    throw error;
  }
}

async function knowsManifest(
  session: Session,
  reference: Reference & { readonly digest: string },
  options: CallOptions,
): Promise<boolean> {
  const request = {
    reference,
    credentials: options.credentials,
    signal: within(session.limits.documentMs, options.signal),
    method: 'HEAD',
    path: `manifests/${reference.digest}`,
    headers: { accept: manifestAccept },
    // 405: a registry that takes no HEAD is not asked further.
    expect: [200, 404, 405],
  } as const;
  const { status } = await session.retry(() => session.sendAndDiscard(request), request.signal);
  return status !== 404;
}

/** An index whose entries name no platform: their configs do. */
async function unnamedEntries(
  session: Session,
  reference: Reference,
  entries: readonly Descriptor[],
  options: CallOptions,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const { digest } of entries.slice(0, maxUnnamedEntries)) {
    const { manifest } = await getManifest(session, { ...reference, digest }, options);
    const platform =
      manifest.kind === 'image' ? await platformOf(session, reference, manifest, options) : undefined;
    if (platform !== undefined) digests[platform] ??= digest;
  }
  return digests;
}
