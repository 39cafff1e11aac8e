import { apiHost, tryParseReference, type Reference } from '../../core/image/index.ts';
import type { EndpointReach, Foreseen, ObjectRef, Prediction } from '../../core/model/index.ts';
import type { RegistryGuard } from '../../access/index.ts';

/** An image that runs, and who wants it. */
export type RunningImage = {
  /** Normalised reference. */
  readonly image: string;
  readonly pods: number;
  readonly nodes: readonly string[];
  /** Called only for images that will fail: climbing to the owners takes requests. */
  readonly owners: () => Promise<readonly ObjectRef[]>;
  /** A pod of it, and its pull secrets. */
  readonly pullSecrets: { readonly namespace: string; readonly names: readonly string[] };
};

export type PredictDeps = {
  /** Asks for the manifest with HEAD, with the credentials of a pod. */
  readonly ask: (reference: Reference, image: RunningImage) => Promise<EndpointReach>;
  readonly guard: RegistryGuard;
  readonly onProgress: (done: number, total: number, image: string) => void;
};

/** Asks for every running image, once each: those that are gone will fail when their pods move. */
export async function predict(running: readonly RunningImage[], deps: PredictDeps): Promise<Prediction> {
  let done = 0;
  const asked = running.map(async (image) => {
    const reference = tryParseReference(image.image);
    if (reference === undefined) return undefined;
    const server = `https://${apiHost(reference.registry)}`;
    const reach = await deps.guard.ask(server, async () => await deps.ask(reference, image));
    deps.onProgress((done += 1), running.length, image.image);
    return { image, reach };
  });
  const answers = (await Promise.all(asked)).filter((one) => one !== undefined);
  const foreseen: Foreseen[] = [];
  const unknown: { image: string; detail: string }[] = [];
  for (const { image, reach } of answers) {
    if (reach.breaksAt === undefined) continue;
    const told = classOf(reach);
    const detail = reach.steps.find(({ result }) => result === 'broken')?.detail ?? '';
    const { pods, nodes } = image;
    if (told === undefined) unknown.push({ image: image.image, detail });
    else foreseen.push({ image: image.image, ...told, detail, pods, nodes, owners: await image.owners() });
  }
  return { images: running.length, foreseen: foreseen.toSorted((a, b) => b.pods - a.pods), unknown };
}

/** Only the registry's own word counts: from here the network may be another one than the nodes'. */
function classOf({ outcome }: EndpointReach): Pick<Foreseen, 'class' | 'confidence'> | undefined {
  if (outcome === 'absent') return { class: 'not-found', confidence: 'certain' };
  if (outcome === 'unauthorized' || outcome === 'forbidden') return { class: outcome, confidence: 'likely' };
  return undefined;
}
