import { formatReference, parseReference, type Reference } from '../../core/image/index.ts';
import { mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet, Probe, Supply } from '../../core/model/index.ts';
import { rankCopies, type ProbedCopy } from './candidates.ts';
import { hostQueues, type Ask, type ProbeImage } from './host-queues.ts';

export type SupplyRequest = {
  readonly images: readonly {
    readonly image: string;
    /** `imageID`s or digests that pods of this cluster ran it with. */
    readonly knownDigests: readonly string[];
    /** Names that a mirror may have the copy under besides the one of its scheme. */
    readonly alsoAt?: readonly { readonly mirror: Mirror; readonly reference: Reference }[];
  }[];
  readonly mirrors: MirrorSet;
  /** `os/arch` of the nodes; empty: whatever there is. */
  readonly platforms: readonly string[];
  /** The origin must have these platforms too: somebody means to pull from there. */
  readonly fromOrigin?: boolean;
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
    wanted.map(async ({ reference, knownDigests, alsoAt = [] }) => {
      const found = await supplyOne(reference, { knownDigests, alsoAt }, request, ask);
      done += 1;
      deps.onProgress?.({ done, total: wanted.length, image: found.image });
      return found;
    }),
  );
}

async function supplyOne(
  image: Reference,
  { knownDigests, alsoAt }: Required<Pick<SupplyRequest['images'][number], 'knownDigests' | 'alsoAt'>>,
  { mirrors, platforms, fromOrigin = false }: SupplyRequest,
  ask: (request: Ask) => Promise<Probe>,
): Promise<Supply> {
  // For copies it does not matter which platforms the origin really has, only what its name points at.
  const asked = ask({
    reference: image,
    platforms: fromOrigin ? platforms : [],
    timeoutMs: originTimeoutMs,
  });
  const named = mirrors.mirrors.flatMap((mirror) => {
    const mirrored = mirrorReference(mirror, image);
    return mirrored === undefined ? [] : [{ mirror, reference: mirrored }];
  });
  const copies = distinctNames([...named, ...alsoAt]).map(
    async ({ mirror, reference }): Promise<ProbedCopy> => {
      const probe = await ask({ reference, mirror, platforms });
      return { mirror, reference: formatReference(reference), probe };
    },
  );
  const [origin, ...probed] = await Promise.all([asked, ...copies]);
  return {
    image: formatReference(image),
    origin,
    candidates: rankCopies(probed, { image, origin, knownDigests, platforms }),
  };
}

function distinctNames<T extends { readonly reference: Reference }>(named: readonly T[]): readonly T[] {
  return [
    ...new Map(named.toReversed().map((it) => [formatReference(it.reference), it])).values(),
  ].toReversed();
}
