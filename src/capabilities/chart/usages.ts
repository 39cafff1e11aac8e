import { readEmbedded } from '../../core/edit/index.ts';
import { tryParseReference } from '../../core/image/index.ts';
import { findImages, type Finding } from '../../core/knowledge/places/index.ts';
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

function imagesOf({ value }: RenderedObject): readonly Found[] {
  // A name that somebody else completes is no image of the chart.
  const whole = findImages(value, '', readEmbedded).images.filter((it) => it.open === undefined);
  return whole.map(({ image, place, name, reason, site }) => ({
    image,
    place,
    name,
    reason,
    path: site.path,
  }));
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
