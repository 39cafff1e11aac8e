import type { Json, JsonObject, NotImageReason, Place } from '../../model/index.ts';
import { asObject, asText, isObject } from '../pods/index.ts';
import { composedImage } from './composed.ts';
import { holdsProse, namesImage } from './field-name.ts';
import type { Finding, LookAlike, ReadText, Site } from './finding.ts';
import { judge, looksAlike } from './judge.ts';
import { containerKeys, containerLists, idleKeys, injectorAnnotations } from './rules.data.ts';
import { tokensOf } from './tokens.ts';

/** Where a walk puts what it finds. */
export type Walk = {
  readonly images: Finding[];
  readonly lookAlikes: LookAlike[];
  readonly read: ReadText;
  readonly place: Place;
};

/** Where a value stands, and what its field is called. */
export type Spot = {
  /** JSON pointer in the document. */
  readonly path: string;
  readonly name: string;
  /** The field's name says that an image stands there. */
  readonly named: boolean;
};

/** Looks through any value: fields of custom resources, documents in ConfigMaps. */
export function walk(value: Json | undefined, spot: Spot, to: Walk): void {
  if (typeof value === 'string') scan(value, spot, to);
  else if (Array.isArray(value)) list(value, spot, to);
  else if (isObject(value)) fields(value, spot, to);
}

function list(values: readonly Json[], spot: Spot, to: Walk): void {
  let before = '';
  for (const [index, value] of values.entries()) {
    const path = `${spot.path}/${index}`;
    // Arguments of a container in a custom resource: a flag names what follows.
    const named = spot.named || (/^-[^=\s]+$/.test(before) && namesImage(before));
    if (containerLists.has(spot.name) && isObject(value)) container(value, { ...spot, path }, to);
    else walk(value, { ...spot, path, named }, to);
    before = typeof value === 'string' ? value : '';
  }
}

/** In a container a bare word is an image too: `image: busybox`. */
function container(object: JsonObject, spot: Spot, to: Walk): void {
  const image = asText(object.image);
  if (image === undefined || !isBareName(image)) return fields(object, spot, to);
  if (!composed(object, spot, to)) add(image, 'named', whole(`${spot.path}/image`, image), 'image', to);
  const { image: _, ...rest } = object;
  fields(rest, spot, to);
}

function isBareName(text: string): boolean {
  return /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(text);
}

function fields(object: JsonObject, spot: Spot, to: Walk): void {
  const done = composed(object, spot, to);
  const { name, key, value } = object;
  const variable = asText(name) ?? asText(key);
  for (const [field, content] of Object.entries(object)) {
    if (idleKeys.has(field) || holdsProse(field) || (done && namesPart(field))) continue;
    const path = `${spot.path}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (field === 'annotations') {
      annotations(content, path, to);
    } else if (field === 'value' && content === value && variable !== undefined) {
      walk(content, { path, name: variable, named: namesImage(variable) }, to);
    } else if (
      field === 'image' &&
      typeof content === 'string' &&
      isContainer(object) &&
      isBareName(content)
    ) {
      if (!done) add(content, 'named', whole(path, content), field, to);
    } else {
      walk(content, { path, name: field, named: isNamed(field, spot) }, to);
    }
  }
}

/** `image: {reference: …}`, `images: {proxy: …}`: the name of the field above counts. */
function isNamed(field: string, { named }: Spot): boolean {
  return namesImage(field) || (named && !/polic|secret|digest|^tag$|^registry$|^sha/i.test(field));
}

function isContainer(object: JsonObject): boolean {
  return containerKeys.some((key) => Object.hasOwn(object, key));
}

function namesPart(field: string): boolean {
  return /^(?:registry|hub|repo|repository|image|imageName|imageRegistry|imageRepository|tag|imageTag)$/.test(
    field,
  );
}

function composed(object: JsonObject, spot: Spot, to: Walk): boolean {
  const found = composedImage(object, spot.named);
  if (found === undefined || !judge(found.image, true).image) return false;
  const { image, ending } = found;
  const fields = found.fields.map(({ key, text }) => ({
    key,
    text,
    site: whole(`${spot.path}/${key}`, text),
  }));
  const [first] = fields;
  if (first === undefined) return false;
  to.images.push({
    image,
    place: to.place,
    name: first.key,
    reason: 'named',
    site: first.site,
    parts: { fields: fields.map(({ text, site }) => ({ written: text, site })), ending },
  });
  return true;
}

/** Texts of a ConfigMap: YAML, JSON, or lines of anything. */
export function configMap(data: Json | undefined, base: string, to: Walk): void {
  for (const [key, text] of Object.entries(asObject(data))) {
    if (typeof text !== 'string') continue;
    const path = `${base}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const place = /^\s*[{[]/.test(text) ? 'configMapJson' : 'configMapYaml';
    const named = namesImage(key);
    if (inner(text, { path, name: key, named }, { ...to, place })) continue;
    words(text, { path, name: key, named }, { ...to, place: 'configMapText' });
  }
}

/** Images in a string: all of it, a document, or words. */
export function scan(text: string, spot: Spot, to: Walk): void {
  if (/\n/.test(text.trim()) || /^\s*[{[]/.test(text)) {
    if (inner(text, spot, to)) return;
  }
  words(text, spot, to);
}

/** A text without any of this holds no image, and need not be parsed. */
const trace = /image|repository|@sha256:|[\w-]\/[\w./-]+:[\w]/i;

/** The documents in a text; false when it is none. */
function inner(text: string, spot: Spot, to: Walk): boolean {
  if (!trace.test(text)) return true;
  const documents = to.read(text).filter(({ value }) => typeof value === 'object' && value !== null);
  for (const document of documents) {
    const images: Finding[] = [];
    const lookAlikes: LookAlike[] = [];
    walk(document.value, { ...spot, path: '' }, { ...to, images, lookAlikes });
    const outside = ({ path, start, end }: Site): Site => {
      const part =
        start === undefined || end === undefined ? undefined : document.locate(path, { start, end });
      return { path: spot.path, ...part };
    };
    to.images.push(
      ...images.map(({ parts, ...it }) => ({
        ...it,
        name: spot.name,
        site: outside(it.site),
        ...(parts === undefined
          ? {}
          : {
              parts: {
                ...parts,
                fields: parts.fields.map(({ written, site }) => ({ written, site: outside(site) })),
              },
            }),
      })),
    );
    to.lookAlikes.push(...lookAlikes.map((it) => ({ ...it, site: outside(it.site) })));
  }
  return documents.length > 0;
}

function words(text: string, spot: Spot, to: Walk): void {
  const only = text.trim();
  for (const token of tokensOf(text)) {
    const named = token.named || (spot.named && (token.text === only || /[\s,;=]/.test(only)));
    const verdict = token.cut ? ({ image: false, reason: 'template' } as const) : judge(token.text, named);
    const site: Site = { path: spot.path, start: token.start, end: token.end };
    if (verdict.image) add(token.text, verdict.reason, site, spot.name, to);
    else refuse(token.text, verdict.reason, site, to);
  }
}

/** Annotations: some are read by admission webhooks, all others are notes. */
export function annotations(value: Json | undefined, base: string, to: Walk): void {
  for (const [key, text] of Object.entries(asObject(value))) {
    if (typeof text !== 'string') continue;
    const site = whole(`${base}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, text);
    if (!injectorAnnotations.has(key)) refuse(text, 'note', site, to);
    else if (judge(text, true).image) {
      add(text, 'annotation', site, key, { ...to, place: 'annotation' });
    }
  }
}

function add(image: string, reason: Finding['reason'], site: Site, name: string, to: Walk): void {
  to.images.push({ image, place: to.place, name, reason, site });
}

function refuse(text: string, reason: NotImageReason, site: Site, to: Walk): void {
  if (looksAlike(text)) to.lookAlikes.push({ text, reason, site });
}

function whole(path: string, text: string): Site {
  return { path, start: 0, end: text.length };
}
