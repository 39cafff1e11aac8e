import type { Value } from './document.ts';
import { broken, everyTag, referenceAt, type ListEntry } from './entry.ts';

/** `Images` of hauler: `spec.images[].name`, all else says how. */
export function haulerEntries(list: Value): readonly ListEntry[] {
  return (list.get('spec')?.get('images')?.items ?? []).map((item) => named(item, 'name'));
}

/** Packages of zarf: the images of all components. Signatures and attestations beside them (`sha256-….sig`) too. */
export function zarfEntries(list: Value): readonly ListEntry[] {
  return (list.get('components')?.items ?? []).flatMap((component) =>
    (component.get('images')?.items ?? []).map((item) => named(item)),
  );
}

/** `ImageSetConfiguration` of oc-mirror: `additionalImages`, and the catalogs of operators as images. */
export function ocMirrorEntries(list: Value): readonly ListEntry[] {
  const mirror = list.get('mirror');
  return [
    ...(mirror?.get('additionalImages')?.items ?? []).map((item) => named(item, 'name')),
    ...(mirror?.get('operators')?.items ?? []).map((item) => named(item, 'catalog')),
  ];
}

/** The file of dregsy: tasks with a source and a target registry, and mappings between their repositories. */
export function dregsyEntries(list: Value): readonly ListEntry[] {
  return (list.get('tasks')?.items ?? []).flatMap((task) => {
    const [source, target] = ['source', 'target'].map((key) => task.get(key)?.get('registry')?.text);
    if (source === undefined || target === undefined)
      throw broken(task.place, 'source.registry and target.registry are expected here');
    return (task.get('mappings')?.items ?? []).flatMap((mapping): readonly ListEntry[] => {
      const from = mapping.get('from');
      const to = mapping.get('to') ?? from;
      if (from?.text === undefined || to?.text === undefined)
        throw broken(mapping.place, 'from is expected here');
      const [repository, copy] = [from.text, to.text].map((text) => text.replace(/^\//, ''));
      if (repository?.startsWith('regex:') === true)
        throw broken(from.place, `repositories are chosen by "${from.text}"; name them one by one`);
      const targets = [referenceAt(`${target}/${copy}`, to.place)];
      const tags = mapping.get('tags')?.texts() ?? [];
      if (tags.length === 0)
        return [{ source: referenceAt(`${source}/${repository}`, from.place), targets, tags: everyTag }];
      return tags.map(({ text, place }) => {
        if (/^(?:semver|regex|keep|latest):/.test(text))
          throw broken(
            place,
            `tags of ${source}/${repository} are chosen by "${text}"; name them one by one`,
          );
        return { source: referenceAt(`${source}/${repository}:${text}`, place), targets };
      });
    });
  });
}

/** `ImagesLock` of Carvel, and of charts (`Images.lock`): each image with its digest. */
export function imagesLockEntries(list: Value): readonly ListEntry[] {
  return (list.get('images')?.items ?? []).map((item) => named(item, 'image'));
}

/** `Manifest` of KubeKey, from which `kk artifact export` packs. */
export function kubekeyManifestEntries(list: Value): readonly ListEntry[] {
  return (list.get('spec')?.get('images')?.items ?? []).map((item) => named(item));
}

function named(item: Value, key?: string): ListEntry {
  const name = key === undefined ? item : (item.get(key) ?? item);
  if (name.text === undefined) throw broken(item.place, 'an image name is expected here');
  return { source: referenceAt(name.text, name.place), targets: [] };
}
