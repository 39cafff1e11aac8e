import type { Kube } from '../../../../adapters/kube/index.ts';
import { readField } from '../../../../core/edit/index.ts';
import { normaliseImage } from '../../../../core/image/index.ts';
import { podSurfaces, type PodSurface } from '../../../../core/knowledge/pods/index.ts';
import type { EditPlace, JsonObject, ObjectRef } from '../../../../core/model/index.ts';
import { authorReader } from '../deviations/authors.ts';
import { sourceReader } from '../deviations/sources.ts';
import { podSpecPathOf } from '../standing.ts';
import type { Climbed } from './climb.ts';

/** Images of a pod that no owner's template names so, who put them in, and where those take them from. */
export async function admissionOf(
  kube: Kube,
  pod: JsonObject,
  climbed: readonly Climbed[],
): Promise<{ readonly by: readonly ObjectRef[]; readonly places: readonly EditPlace[] }> {
  const nearest = climbed[1]?.object;
  if (nearest === undefined) return { by: [], places: [] };
  const base = podSpecPathOf(nearest);
  const named = podSurfaces(readField(nearest, base), base);
  // A custom resource has no template to compare with.
  if (named.length === 0) return { by: [], places: [] };
  const added = podSurfaces(pod.spec, '/spec').filter(
    (surface) => surface.place !== 'ephemeralContainer' && !named.some((one) => isSame(one, surface)),
  );
  const authors = authorReader(kube);
  const sources = sourceReader(kube);
  const found = await Promise.all(
    added.map(async ({ place, name: container, image }) => {
      const { by, services } = await authors(pod, { container, image });
      const plain = { place, container, image };
      const settings = (await sources.inNamespaces(services, { image })).map(({ source }) => source);
      const places =
        settings.length > 0
          ? settings.map(({ object, path, name }): EditPlace => ({
              ...plain,
              object,
              path,
              setting: name,
              by: 'image',
            }))
          : by.map(({ object }): EditPlace => ({ ...plain, object, by: 'admission' }));
      return { by: by.map(({ object }) => object), places };
    }),
  );
  const by = new Map(found.flatMap((one) => one.by).map((ref) => [`${ref.kind}/${ref.name}`, ref]));
  return { by: [...by.values()], places: found.flatMap((one) => one.places) };
}

function isSame(a: PodSurface, b: PodSurface): boolean {
  return (
    a.place === b.place &&
    a.name === b.name &&
    (a.image === b.image || normaliseImage(a.image) === normaliseImage(b.image))
  );
}
