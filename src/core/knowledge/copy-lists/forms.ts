import type { Value } from './document.ts';
import { broken, everyTag, referenceAt, tagPattern, type ListEntry, type Place } from './entry.ts';

/** The list of image-syncer: source to destination, each with its short forms (AliyunContainerService/image-syncer). */
export function imageSyncerEntries(list: Value): readonly ListEntry[] {
  // The old form: credentials and images in one file.
  const images = list.get('images') ?? list;
  return (images.entries ?? []).flatMap(({ key, at, value }) => {
    const targets = value.texts().map(({ text, place }) => referenceAt(text, place));
    return syncerSources(key, at).map((source) => ({ ...source, targets }));
  });
}

/** `repo`, `repo:tag`, `repo:tag1,tag2`, `repo:/pattern/`, `repo@digest`. */
function syncerSources(text: string, at: Place): readonly Omit<ListEntry, 'targets'>[] {
  const pattern = /^(.+?):\/(.+)\/$/.exec(text);
  if (pattern !== null) {
    const allow = [tagPattern(pattern[2] ?? '', at)];
    return [{ source: referenceAt(pattern[1] ?? '', at), tags: { allow, deny: [] } }];
  }
  const [first = '', ...more] = text.split(',');
  const source = referenceAt(first, at);
  if (source.tag === undefined && source.digest === undefined) return [{ source, tags: everyTag }];
  const { registry, repository } = source;
  const others = more.map((tag) => referenceAt(`${registry}/${repository}:${tag.trim()}`, at));
  return [source, ...others].map((it) => ({ source: it }));
}

/** The file of `regsync` (regclient): `sync` with source, target and type. */
export function regsyncEntries(list: Value): readonly ListEntry[] {
  return (list.get('sync')?.items ?? []).map((item) => {
    const [source, target] = [item.get('source'), item.get('target')];
    if (source?.text === undefined || target?.text === undefined) {
      throw broken(item.place, 'source and target are expected here');
    }
    const entry = {
      source: referenceAt(source.text, source.place),
      targets: [referenceAt(target.text, target.place)],
    };
    const type = item.get('type')?.text ?? 'image';
    if (type === 'image') return entry;
    if (type !== 'repository')
      throw broken(item.place, `type ${type} cannot be copied; image or repository can`);
    const patterns = (key: string) =>
      (item.get('tags')?.get(key)?.texts() ?? []).map(({ text, place }) => tagPattern(text, place));
    return { ...entry, tags: { allow: patterns('allow'), deny: patterns('deny') } };
  });
}

/** The file of `skopeo sync --src yaml`: by registry the images with their tags, or with a pattern for them. */
export function skopeoEntries(list: Value): readonly ListEntry[] {
  return (list.entries ?? []).flatMap(({ key: registry, value }) => [
    ...(value.get('images')?.entries ?? []).flatMap(({ key, at, value: tags }): readonly ListEntry[] => {
      // Without tags all are meant; with a list of none, none.
      const named = tags.texts();
      const source = referenceAt(`${registry}/${key}`, at);
      if (named.length === 0) return [{ source, targets: [], tags: everyTag }];
      return named.map(({ text, place }) => ({
        source: referenceAt(`${registry}/${key}${text.includes(':') ? '@' : ':'}${text}`, place),
        targets: [],
      }));
    }),
    ...(value.get('images-by-semver')?.entries ?? []).map(({ key, at, value: range }): ListEntry => {
      throw broken(
        at,
        `${registry}/${key} is chosen by the semver range "${range.text ?? ''}", which cannot be read; write its tags below images, or a pattern below images-by-tag-regex`,
      );
    }),
    ...(value.get('images-by-tag-regex')?.entries ?? []).map(({ key, at, value: pattern }) => ({
      source: referenceAt(`${registry}/${key}`, at),
      targets: [],
      tags: { allow: [tagPattern(pattern.text ?? '', pattern.place)], deny: [] },
    })),
  ]);
}

/** `{kind: ImageList}`: texts, or objects that hold the name as `image` and perhaps a `target`. */
export function imageListEntries(list: Value): readonly ListEntry[] {
  const images = list.get('images') ?? list.get('items') ?? list.get('spec')?.get('images');
  if (images?.items === undefined) throw broken(list.place, 'images is missing, or is no list');
  return images.items.map((item) => {
    const name = item.text === undefined ? (item.get('image') ?? item.get('reference')) : item;
    if (name?.text === undefined) throw broken(item.place, 'an image name is expected here');
    const targets = item.get('target')?.texts() ?? [];
    return {
      source: referenceAt(name.text, name.place),
      targets: targets.map(({ text, place }) => referenceAt(text, place)),
    };
  });
}
