import { formatReference, parseReference, type Reference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { MirrorSet, Probe, Supply } from '../../core/model/index.ts';
import { rankCopies, type ProbedCopy } from './candidates.ts';
import { hostQueues, type Ask, type ProbeImage } from './host-queues.ts';

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

/** The origin usually is what does not work: it may not hold up the search for copies. */
const originTimeoutMs = 8_000;

/**
 * Finds the copies of each image on the mirrors that serve it, and whether they are the same image. The order of the
 * images is kept. Throws PM_BAD_IMAGE_NAME; what registries do wrong is in the result.
 */
export async function supply(request: SupplyRequest, deps: SupplyDeps): Promise<readonly Supply[]> {
  const ask = hostQueues(deps.probe, deps.signal);
  const wanted = request.images.map((it) => ({ ...it, reference: parseReference(it.image) }));
  let done = 0;
  return Promise.all(
    wanted.map(async ({ reference, knownDigests }) => {
      const found = await supplyOne(reference, knownDigests, request, ask);
      done += 1;
      deps.onProgress?.({ done, total: wanted.length, image: found.image });
      return found;
    }),
  );
}

async function supplyOne(
  image: Reference,
  knownDigests: readonly string[],
  { mirrors, platforms }: SupplyRequest,
  ask: (request: Ask) => Promise<Probe>,
): Promise<Supply> {
  // Which platforms the origin really has does not matter, only what its name points at.
  const asked = ask({ reference: image, platforms: [], timeoutMs: originTimeoutMs });
  const copies = mirrors.mirrors.flatMap((mirror) => {
    const mirrored = mirrorReference(mirror, image);
    if (mirrored === undefined) return [];
    const reference = formatReference(mirrored);
    const probe = ask({ reference: mirrored, mirror, platforms });
    return [probe.then((it): ProbedCopy => ({ mirror, reference, probe: it }))];
  });
  const [origin, ...probed] = await Promise.all([asked, ...copies]);
  return {
    image: formatReference(image),
    origin,
    candidates: rankCopies(probed, { image, origin, knownDigests, platforms }),
  };
}
