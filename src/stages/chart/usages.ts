import { readYaml } from '../../core/edit/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import { findImages, judge, type Finding } from '../../core/knowledge/places/index.ts';
import { isDirect, type JsonObject, type Place } from '../../core/model/index.ts';
import type { Render, RenderedObject } from './render.ts';

/** A place of a render that names an image, or the registry from which a program makes up names at run time. */
export type ChartUsage = {
  /** The same in every render of the chart. */
  readonly key: string;
  readonly object: RenderedObject;
  /** JSON pointer in the object. */
  readonly path: string;
  /** As it stands there; parts in several fields are joined. */
  readonly image: string;
  readonly place: Place | 'registry';
  readonly name: string;
  readonly reason: Finding['reason'] | undefined;
};

/** Every image of a render. */
export function usagesOf(render: Render): ReadonlyMap<string, ChartUsage> {
  const found = new Map<string, ChartUsage>();
  for (const object of render.values()) {
    const counts = new Map<string, number>();
    for (const it of usagesOfObject(object)) {
      const group = `${it.place === 'registry' ? 'registry' : 'image'} ${it.path}`;
      const count = counts.get(group) ?? 0;
      counts.set(group, count + 1);
      const key = `${object.key} ${group} ${count}`;
      found.set(key, { ...it, key, object });
    }
  }
  return found;
}

type Found = Omit<ChartUsage, 'key' | 'object'>;

const cache = new WeakMap<JsonObject, readonly Found[]>();

function usagesOfObject(object: RenderedObject): readonly Found[] {
  const known = cache.get(object.value);
  if (known !== undefined) return known;
  const found = [...imagesOf(object), ...registriesOf(object)];
  cache.set(object.value, found);
  return found;
}

function imagesOf(object: RenderedObject): readonly Found[] {
  const { kind } = object.ref;
  if (kind === 'CustomResourceDefinition') return defaultsOf(object);
  const readable = kind === 'Secret' ? secretAsTexts(object) : object.value;
  const { images } = findImages(readable, '', readInner);
  const found = images
    .filter(isWhole)
    .map(({ image, place, name, reason, site }) => ({
      image,
      place,
      name,
      reason,
      path: pathIn(object, site.path),
    }));
  return [...found, ...annotationsOf(object, new Set(found.map(({ path }) => path)))];
}

/** Texts of a Secret that were not encoded stand in another field. */
function pathIn({ ref, strings }: RenderedObject, path: string): string {
  if (ref.kind !== 'Secret' || strings.has(path)) return path;
  return path.replace(/^\/data\//, '/stringData/');
}

/** A word alone in a text or a custom resource is a part of a name that a program makes up. */
function isWhole({ image, place, reason }: Finding): boolean {
  return (
    reason === 'pod-field' || isDirect(place) || /[/:@]/.test(image) || place === 'env' || place === 'arg'
  );
}

function readInner(text: string): ReturnType<Parameters<typeof findImages>[2]> {
  try {
    return readYaml(text, '').map((document) => ({
      value: document.value,
      locate: (path, part) => {
        const position = document.locate(path, part);
        return position && { start: position.offset, end: position.offset + position.length };
      },
    }));
  } catch {
    return [];
  }
}

/** A Secret holds texts like a ConfigMap does, once they are decoded. */
function secretAsTexts({ strings }: RenderedObject): JsonObject {
  const data: Record<string, string> = {};
  for (const [path, text] of strings) {
    const key = /^\/(?:data|stringData)\/([^/]+)$/.exec(path)?.[1];
    if (key !== undefined) data[key.replaceAll('~1', '/').replaceAll('~0', '~')] = text;
  }
  return { apiVersion: 'v1', kind: 'ConfigMap', data };
}

/** JSON in annotations is read by the program that the annotation is for. */
function annotationsOf({ strings }: RenderedObject, known: ReadonlySet<string>): readonly Found[] {
  return [...strings].flatMap(([path, text]) => {
    if (known.has(path) || !/\/annotations\/[^/]+$/.test(path) || !/^\s*[{[]/.test(text)) return [];
    const data = { apiVersion: 'v1', kind: 'ConfigMap', data: { text } };
    return findImages(data, '', readInner).images.map(({ image, name, reason }) => ({
      image,
      name,
      reason,
      place: 'annotation' as const,
      path,
    }));
  });
}

/** The image that a field of a custom resource gets when nobody sets it. */
function defaultsOf({ strings }: RenderedObject): readonly Found[] {
  return [...strings].flatMap(([path, image]) => {
    const field = /\/properties\/([^/]*(?:image|Image)[^/]*)\/default$/.exec(path)?.[1];
    if (field === undefined || !judge(image, true).image) return [];
    return [{ image, path, name: field, place: 'crField' as const, reason: 'named' as const }];
  });
}

const registryKey = /(?:^|[^a-z])(?:registry|hub)$|[a-z](?:Registry|Hub)$/;
const registryLine =
  /^[ \t]*"?([\w.-]*(?:[rR]egistry|hub|Hub))"?[ \t]*[:=][ \t]*["']?([^\s"',{}[\]]*)["']?,?[ \t]*$/gm;

/** Settings of operators: the registry of what they start. */
function registriesOf({ ref, strings }: RenderedObject): readonly Found[] {
  const isText = ref.kind === 'ConfigMap' || ref.kind === 'Secret';
  if (!isText && !ref.apiVersion.includes('.')) return [];
  const found: Found[] = [];
  for (const [path, text] of strings) {
    const name = path.split('/').at(-1) ?? '';
    if (isText && text.includes('\n')) {
      for (const [, key = '', value = ''] of text.matchAll(registryLine)) {
        if (value !== '' && registryKey.test(key) && isRegistry(value))
          found.push(registry(path, key, value));
      }
    } else if (registryKey.test(name) && isRegistry(text) && !(isText && text === ''))
      found.push(registry(path, name, text));
  }
  return found;
}

function registry(path: string, name: string, image: string): Found {
  return { path, name, image, place: 'registry', reason: 'named' };
}

/** Empty, a host, or a host with a path: no tag. */
function isRegistry(text: string): boolean {
  if (text === '') return true;
  const [host = ''] = text.split('/');
  if (!/[.:]/.test(host) && host !== 'localhost') return false;
  const parsed = tryParseReference(`${text.replace(/\/$/, '')}/x`);
  return parsed !== undefined && parsed.tag === undefined && parsed.digest === undefined;
}

/** Must this place move, or is it enough to say so. */
export function isCertain({ place, reason }: ChartUsage): boolean {
  if (place === 'registry') return false;
  return isDirect(place) || reason === 'named' || reason === 'digest' || reason === 'annotation';
}
