import { believedAtMost } from '../../core/choose/index.ts';
import { formatReference, parseReference, type Reference } from '../../core/image/index.ts';
import { mirrorReference, originalOf, type KnownOriginal } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror, MirrorSet, Probe, Supply } from '../../core/model/index.ts';
import { rankCopies, type ProbedCopy } from './candidates.ts';
import { hostQueues, type Ask, type ProbeImage } from './host-queues.ts';
import { knownManifests } from './known-manifests.ts';

export type SupplyRequest = {
  readonly images: readonly {
    readonly image: string;
    /** `imageID`s or digests that pods of this cluster ran it with. */
    readonly knownDigests: readonly string[];
    /** In place of those of the request. */
    readonly platforms?: readonly string[];
    /** Digests of what nodes got under another name and keep under this one. */
    readonly namedDigests?: readonly string[];
    /** Digests that somebody says it has. */
    readonly givenDigests?: readonly string[];
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
    wanted.map(async ({ reference, image: _image, ...facts }) => {
      const full = { namedDigests: [], givenDigests: [], alsoAt: [], platforms: request.platforms, ...facts };
      const found = await supplyOne(reference, full, request, ask);
      done += 1;
      deps.onProgress?.({ done, total: wanted.length, image: found.image });
      return found;
    }),
  );
}

async function supplyOne(
  image: Reference,
  facts: Required<Omit<SupplyRequest['images'][number], 'image'>>,
  { mirrors, fromOrigin = false }: SupplyRequest,
  ask: (request: Ask) => Promise<Probe>,
): Promise<Supply> {
  const { alsoAt, platforms } = facts;
  const { mirrors: all } = mirrors;
  const known = originalOf(image, all);
  // For copies it does not matter which platforms the origin really has, only what its name points at.
  const askOrigin = async (reference: Reference): Promise<Probe> =>
    await ask({ reference, platforms: fromOrigin ? platforms : [], timeoutMs: originTimeoutMs });
  // What is certainly a copy itself has its copies under the name of its original.
  const bases =
    known === undefined
      ? [image]
      : known.certainty === 'certain'
        ? [known.original]
        : [image, known.original];
  const named = bases.flatMap((base) =>
    all.flatMap((mirror) => {
      const reference = mirrorReference(mirror, base);
      return reference === undefined || isSame(reference, image) ? [] : [{ mirror, reference, base }];
    }),
  );
  const copies = distinctNames([...named, ...alsoAt.map((one) => ({ ...one, base: image }))]).map(
    async ({ mirror, reference, base }) => {
      const { probe, milliseconds } = await timed(async () => await ask({ reference, mirror, platforms }));
      const isGuess = known?.certainty === 'likely' && base === known.original;
      return { mirror, reference: formatReference(reference), probe, isGuess, milliseconds };
    },
  );
  const [origin, original, ...probed] = await Promise.all([
    askOrigin(image),
    known === undefined ? undefined : askOrigin(known.original),
    ...copies,
  ]);
  const found = {
    image: formatReference(image),
    origin,
    ...(known === undefined || original === undefined
      ? {}
      : {
          original: { image: formatReference(known.original), certainty: known.certainty, probe: original },
        }),
  };
  const judged = [...probed, ...ownCopy(known, original)].map(({ mirror, isGuess, ...copy }): ProbedCopy => ({
    ...copy,
    mirror: typeof mirror === 'string' ? mirror : mirror.name,
    needsProof: believedAtMost({
      mirror: typeof mirror === 'string' ? undefined : mirror,
      isGuess,
      supply: found,
    }),
  }));
  // The name that somebody chose tells best what was meant, as long as it leads somewhere.
  const witness = origin.digest === undefined ? (original ?? origin) : origin;
  const identity = { ...facts, image, origin: witness };
  const manifests = await knownManifests(probed, identity, ask);
  return { ...found, candidates: rankCopies(judged, { ...identity, manifests }) };
}

/** The original itself is a source of what stands on a mirror; named by its registry, after all mirrors. */
function ownCopy(known: KnownOriginal | undefined, probe: Probe | undefined) {
  if (known === undefined || probe?.outcome !== 'works') return [];
  const { original, certainty } = known;
  return [
    {
      mirror: original.registry,
      reference: formatReference(original),
      probe,
      isGuess: certainty === 'likely',
    },
  ];
}

function isSame(a: Reference, b: Reference): boolean {
  return formatReference(a) === formatReference(b);
}

function distinctNames<T extends { readonly reference: Reference }>(named: readonly T[]): readonly T[] {
  return [
    ...new Map(named.toReversed().map((it) => [formatReference(it.reference), it])).values(),
  ].toReversed();
}

async function timed(
  ask: () => Promise<Probe>,
): Promise<{ readonly probe: Probe; readonly milliseconds: number }> {
  const started = performance.now();
  const probe = await ask();
  return { probe, milliseconds: performance.now() - started };
}
