import type { Json, JsonObject } from '../../model/index.ts';
import { asObject, asText, isObject } from '../pods/index.ts';
import { partsFor } from './composed.ts';
import { holdsProse, isCredential, isForInjector, isLedByFlag, namesImage } from './field-name.ts';
import type { Finding, LookAlike, Site } from './finding.ts';
import { judge, looksAlike } from './judge.ts';
import { containerKeys, containerLists, idleKeys } from './rules.data.ts';
import { add, escaped, refuse, whole, type Spot, type Walk } from './tell.ts';
import { composed, flatPairs } from './tell-composed.ts';
import { tokensOf } from './tokens.ts';

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
    // Arguments of a container in a custom resource.
    const named = spot.named || (typeof value === 'string' && isLedByFlag(before, value));
    if (containerLists.has(spot.name) && isObject(value)) container(value, { ...spot, path }, to);
    else walk(value, { ...spot, path, named }, to);
    before = typeof value === 'string' ? value : '';
  }
}

/** In a container a bare word is an image too: `image: busybox`. */
function container(object: JsonObject, spot: Spot, to: Walk): void {
  const image = asText(object.image);
  if (image === undefined || !isBareName(image)) return fields(object, spot, to);
  if (composed(object, spot, to).size === 0)
    add(image, 'named', whole(`${spot.path}/image`, image), 'image', to);
  const { image: _, ...rest } = object;
  fields(rest, spot, to);
}

function isBareName(text: string): boolean {
  return /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/.test(text);
}

function fields(object: JsonObject, spot: Spot, to: Walk): void {
  const done = composed(object, spot, to);
  const above = partsFor(object, spot.path, spot.above);
  const { name, key } = object;
  const variable = asText(name) ?? asText(key);
  for (const [field, content] of Object.entries(object)) {
    if (idleKeys.has(field) || holdsProse(field) || isCredential(field) || done.has(field)) continue;
    if (to.kind?.idle?.has(field) === true || (field === 'name' && isStreamTag(object))) continue;
    const path = `${spot.path}/${escaped(field)}`;
    // A registry for the images below is none itself.
    if (path === above?.registry.path) continue;
    if (field === 'annotations') {
      annotations(content, path, to);
    } else if ((field === 'value' || field === 'default') && variable !== undefined) {
      const named = namesImage(variable) || to.kind?.parameters.has(variable) === true;
      walk(content, { path, name: variable, named }, to);
    } else if (field === 'url' && spot.name === 'registry' && typeof content === 'string') {
      registryUrl(content, path, to);
    } else if (field === 'image' && typeof content === 'string' && isBareName(content)) {
      if (isContainer(object, to)) add(content, 'named', whole(path, content), field, to);
    } else {
      const below = { path, name: field, named: isNamed(field, spot) };
      walk(content, above === undefined ? below : { ...below, above }, to);
    }
  }
}

/** A disk that KubeVirt imports from a registry: `registry: {url: "docker://quay.io/acme/disk:1"}`. */
function registryUrl(text: string, path: string, to: Walk): void {
  const [, scheme = '', image] = /^(docker:\/\/)(.+)$/.exec(text) ?? [];
  if (image === undefined || !judge(image, true).image) return;
  add(image, 'named', { path, start: scheme.length, end: text.length }, 'url', to);
}

/** A reference to an image stream of OpenShift says a name within the cluster. */
function isStreamTag({ kind }: JsonObject): boolean {
  return kind === 'ImageStreamTag' || kind === 'ImageStreamImage';
}

/** `image: {reference: …}`, `images: {proxy: …}`: the name of the field above counts. */
function isNamed(field: string, { named }: Spot): boolean {
  return namesImage(field) || (named && !/polic|secret|digest|^tag$|^registry$|^sha/i.test(field));
}

/** Settings of a program look like a container as well, but say `busybox` where they mean a part of a name. */
function isContainer(object: JsonObject, { place, kind }: Walk): boolean {
  const mayBe = place === 'crField' && kind?.machines !== true;
  return mayBe && containerKeys.some((key) => Object.hasOwn(object, key));
}

/** Texts of a ConfigMap: YAML, JSON, or lines of anything. */
export function configMap(data: Json | undefined, base: string, to: Walk): void {
  const pathOf = (key: string): string => `${base}/${escaped(key)}`;
  const done = flatPairs(asObject(data), pathOf, { ...to, place: 'configMapText' });
  for (const [key, text] of Object.entries(asObject(data))) {
    // Knative and Tekton keep their documentation there.
    if (typeof text !== 'string' || /[._]example$/.test(key) || isCredential(key) || done.has(key)) continue;
    const path = pathOf(key);
    const place = /^\s*[{[]/.test(text) ? 'configMapJson' : 'configMapYaml';
    const named = namesImage(key);
    if (inner(text, { path, name: key, named }, { ...to, place })) continue;
    words(text, { path, name: key, named }, { ...to, place: 'configMapText' });
  }
}

/** Images in a string: all of it, a document, or words. */
export function scan(text: string, spot: Spot, to: Walk): void {
  if (/^data:[^,]*;base64,/.test(text)) return;
  if (/\n/.test(text.trim()) || /^\s*[{[]/.test(text)) {
    if (inner(text, spot, to)) return;
  }
  words(text, spot, to);
}

/** A text without any of this holds no image, and need not be parsed. */
const trace = /image|repository|@sha256:|[\w-]\/[\w./-]+:[\w]/i;

/** A line of it is an action of a Go template: no parser can read it before somebody fills it in. */
const goTemplate = /^\s*\{\{/m;

/** The documents in a text; false when it is none. */
function inner(text: string, spot: Spot, to: Walk): boolean {
  if (!spot.named && !trace.test(text)) return true;
  if (goTemplate.test(text)) return false;
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
    const alone = token.text === only;
    const named =
      token.named ||
      (spot.named && (alone ? to.kind?.machines !== true || looksAlike(only) : /[\s,;=]/.test(only)));
    const verdict = token.cut ? ({ image: false, reason: 'template' } as const) : judge(token.text, named);
    const site: Site = { path: spot.path, start: token.start, end: token.end };
    if (verdict.image) add(token.text, verdict.reason, site, spot.name, to);
    else refuse(token.text, verdict.reason, site, to);
  }
}

/** Annotations: some are read by admission webhooks or hold JSON for a controller, all others are notes. */
export function annotations(value: Json | undefined, base: string, to: Walk): void {
  for (const [key, text] of Object.entries(asObject(value))) {
    if (typeof text !== 'string') continue;
    const path = `${base}/${escaped(key)}`;
    const site = whole(path, text);
    if (/^\s*[{[]/.test(text)) {
      const spot = { path, name: key, named: false };
      if (!isCopy(key)) inner(text, spot, { ...to, place: 'annotation' });
    } else if (!isForInjector(key)) refuse(text, 'note', site, to);
    else if (judge(text, true).image) {
      add(text, 'annotation', site, key, { ...to, place: 'annotation' });
    }
  }
}

/** Objects as somebody applied them, or examples of them. */
function isCopy(key: string): boolean {
  return /(?:^|[./-])(?:last-applied(?:-\w+)*|applied|previous|original|\w*-?examples?|initialization-resource)$/.test(
    key,
  );
}
