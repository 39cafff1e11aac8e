import pLimit from 'p-limit';
import { formatReference, parseReference, type Reference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet, Probe, Supply } from '../../core/model/index.ts';
import { rankCopies, type ProbedCopy } from './candidates.ts';

/** Asks one registry for one image. */
export type ProbeImage = (
  reference: Reference,
  options: {
    /** Under whose settings; absent for the image's own registry. */
    readonly mirror?: Mirror;
    readonly platforms: readonly string[];
    readonly signal?: AbortSignal;
  },
) => Promise<Probe>;

export type SupplyRequest = {
  readonly images: readonly {
    readonly image: string;
    /** `imageID`s or digests that pods of this cluster ran it with. */
    readonly knownDigests: readonly string[];
  }[];
  readonly mirrors: MirrorSet;
  /** `os/arch` of the nodes; empty: whatever there is. */
  readonly platforms: readonly string[];
};

export type SupplyProgress = { readonly done: number; readonly total: number; readonly image: string };

export type SupplyDeps = {
  readonly probe: ProbeImage;
  readonly onProgress?: (progress: SupplyProgress) => void;
  readonly signal?: AbortSignal;
};

/** Requests under way over all registries; each host has a smaller bound of its own in the client. */
const maxProbes = 32;

/** The origin usually is what does not work: it may not hold up the search for copies. Milliseconds. */
const originTimeoutMs = 8_000;

/**
 * Finds the copies of each image on the mirrors that serve it, and whether they are the same image. The order of the
 * images is kept. Throws PM_BAD_IMAGE_NAME; what registries do wrong is in the result.
 */
export async function supply(request: SupplyRequest, deps: SupplyDeps): Promise<readonly Supply[]> {
  const limit = pLimit(maxProbes);
  const total = request.images.length;
  let done = 0;
  const wanted = request.images.map((it) => ({ ...it, reference: parseReference(it.image) }));
  return Promise.all(
    wanted.map(async ({ reference, knownDigests }) => {
      const image = formatReference(reference);
      const found = await supplyOne(reference, knownDigests, request, {
        ...deps,
        probe: (...ask) => limit(() => deps.probe(...ask)),
      });
      done += 1;
      deps.onProgress?.({ done, total, image });
      return { image, ...found };
    }),
  );
}

async function supplyOne(
  image: Reference,
  knownDigests: readonly string[],
  { mirrors, platforms }: SupplyRequest,
  deps: SupplyDeps,
): Promise<Pick<Supply, 'origin' | 'candidates'>> {
  const named = mirrors.mirrors.flatMap((mirror) => {
    const mirrored = mirrorReference(mirror, image);
    return mirrored === undefined ? [] : [{ mirror, mirrored }];
  });
  const copies = named.map(async ({ mirror, mirrored }): Promise<ProbedCopy> => {
    const probe = await deps.probe(mirrored, { mirror, platforms, ...signalOf(deps.signal) });
    return { mirror, reference: formatReference(mirrored), probe };
  });
  const [origin, ...probed] = await Promise.all([probeOrigin(image, deps), ...copies]);
  return { origin, candidates: rankCopies(probed, { image, origin, knownDigests, platforms }) };
}

/** Which platforms the origin really has does not matter, only what its name points at. */
function probeOrigin(image: Reference, { probe, signal }: SupplyDeps): Promise<Probe> {
  const timeout = AbortSignal.timeout(originTimeoutMs);
  return probe(image, {
    platforms: [],
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
