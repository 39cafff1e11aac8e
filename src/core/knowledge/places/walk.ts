import { pointerToken } from '../../base/index.ts';
import type { Json, JsonObject } from '../../model/index.ts';
import { asObject, asText, isObject } from '../pods/index.ts';
import { partsFor } from './composed.ts';
import {
  holdsProse,
  holdsQuery,
  isCredential,
  isDestination,
  isForInjector,
  isLedByFlag,
  namesBuilt,
  namesDestination,
  namesImage,
  namesImageBelow,
  namesMachine,
} from './field-name.ts';
import { pushedItems } from './destinations.ts';
import type { Finding, LookAlike, Site } from './finding.ts';
import { judge, looksAlike } from './judge.ts';
import { containerKeys, containerLists, idleKeys } from './rules.data.ts';
import { add, refuse, whole, type Spot, type Walk } from './tell.ts';
import { openName } from './open-name.ts';
import { argoRenamings, renamings } from './overrides.ts';
import { registrySettings } from './registry-settings.ts';
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
  const pushed = pushedItems(values);
  for (const [index, value] of values.entries()) {
    const path = `${spot.path}/${index}`;
    // Arguments of a container in a custom resource.
    const named = spot.named || (typeof value === 'string' && isLedByFlag(before, value));
    if (pushed.has(index)) continue;
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
  if (isDashboard(object)) return;
  if (isPatchOperation(object)) return operation(object, spot, to);
  const done = composed(object, spot, to);
  const above = partsFor(object, spot.path, spot.above);
  const { name, key } = object;
  const variable = asText(name) ?? asText(key);
  for (const [field, content] of Object.entries(object)) {
    if (idleKeys.has(field) || holdsProse(field) || isCredential(field) || done.has(field)) continue;
    if (holdsQuery(field) || (typeof content === 'string' ? namesDestination(field) : isDestination(field)))
      continue;
    if (to.kind?.idle?.has(field) === true || (field === 'name' && isStreamTag(object))) continue;
    const path = `${spot.path}/${pointerToken(field)}`;
    // A registry for the images below is none itself.
    if (path === above?.registry.path) continue;
    if (field === 'images' && isRenaming(content, { ...spot, path }, to)) continue;
    if (field === 'annotations') {
      annotations(content, path, to);
    } else if ((field === 'value' || field === 'default') && variable !== undefined) {
      const named = namesImage(variable) || to.kind?.parameters.has(variable) === true;
      const isBuilt =
        namesDestination(variable) ||
        (to.kind?.builds === true &&
          field === 'value' &&
          namesBuilt(variable) &&
          !to.kind.parameters.has(variable));
      if (!isBuilt) walk(content, { path, name: variable, named }, to);
    } else if (field === 'url' && spot.name === 'registry' && typeof content === 'string') {
      registryUrl(content, path, to);
    } else if (field === 'image' && typeof content === 'string' && isBareName(content)) {
      if (isContainer(object, to)) add(content, 'named', whole(path, content), field, to);
    } else if (isParameters(content)) {
      parameters(content, { path, name: field, named: isNamed(field, spot) }, to);
    } else {
      const machines = spot.machines === true || namesMachine(field);
      const below = { path, name: field, named: isNamed(field, spot), machines };
      walk(content, above === undefined ? below : { ...below, above }, to);
    }
  }
  registrySettings(object, spot, done, to);
}

type Parameter = { readonly name: string; readonly value: Json };

/** Parameters with dots in their names: values of a chart, as Argo CD and helmfile set them. */
function isParameters(content: Json | undefined): content is readonly Parameter[] {
  return (
    Array.isArray(content) &&
    content.some((item: Json) => isObject(item) && /\w\.\w/.test(asText(item.name) ?? '')) &&
    content.every((item: Json) => isObject(item) && typeof item.name === 'string')
  );
}

function parameters(list: readonly Parameter[], spot: Spot, to: Walk): void {
  const values = Object.fromEntries(list.map(({ name, value }) => [name, value ?? null]));
  const pathOf = (name: string): string =>
    `${spot.path}/${list.findLastIndex((it) => it.name === name)}/value`;
  const done = flatPairs(values, pathOf, to);
  for (const [index, item] of list.entries()) {
    if (!done.has(item.name)) walk(item, { ...spot, path: `${spot.path}/${index}` }, to);
  }
}

/** Entries that give images another name, where kustomize does so: Flux and Argo CD hand them on. */
function isRenaming(content: Json | undefined, spot: Spot, to: Walk): boolean {
  const byKustomize = to.kind?.renames === true || spot.name === 'kustomize';
  return (byKustomize && argoRenamings(content, spot, to)) || renamings(content, spot, byKustomize, to);
}

/** A dashboard of Grafana: queries, and links to pictures. */
function isDashboard({ panels, schemaVersion, templating }: JsonObject): boolean {
  return Array.isArray(panels) && (schemaVersion !== undefined || templating !== undefined);
}

function isPatchOperation({ op, path }: JsonObject): boolean {
  return typeof op === 'string' && typeof path === 'string' && path.startsWith('/');
}

/** An operation of a JSON patch (RFC 6902): its path is the name of the field. */
function operation({ path: target, value }: JsonObject, spot: Spot, to: Walk): void {
  const steps = (asText(target) ?? '').split('/').filter((step) => !/^(?:-|\d+)$/.test(step));
  const [field = '', above = ''] = steps.toReversed();
  const path = `${spot.path}/value`;
  const isItem = containerLists.has(field) && isObject(value);
  if (isItem) return container(value, { path, name: field, named: false }, to);
  const isBare = field === 'image' && typeof value === 'string' && isBareName(value);
  if (isBare) return add(value, 'named', whole(path, value), field, to);
  if (!holdsProse(field) && !namesDestination(field))
    walk(
      value,
      {
        path,
        name: field,
        named: namesImage(field) || (namesImage(above) && namesImageBelow(field, above, false)),
      },
      to,
    );
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
function isNamed(field: string, { named, name, path }: Spot): boolean {
  return namesImage(field) || (named && namesImageBelow(field, name, /\/\d+$/.test(path)));
}

/** Settings of a program look like a container as well, but say `busybox` where they mean a part of a name. */
function isContainer(object: JsonObject, { place, kind }: Walk): boolean {
  const mayBe = place === 'crField' && kind?.machines !== true;
  return mayBe && containerKeys.some((key) => Object.hasOwn(object, key));
}

/** Texts of a ConfigMap: YAML, JSON, or lines of anything. */
export function configMap(data: Json | undefined, base: string, to: Walk): void {
  const pathOf = (key: string): string => `${base}/${pointerToken(key)}`;
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
    const machines = spot.machines === true || to.kind?.machines === true;
    const named =
      token.named || (spot.named && (alone ? !machines || looksAlike(only) : /[\s,;=]/.test(only)));
    if (token.fault === 'template' && !/[}>$]/.test(text[token.start - 1] ?? '')) {
      const open = openName(text.slice(token.start), named || (spot.named && text.startsWith(token.text)));
      if (open !== undefined) {
        const image = `${open.name}${open.tail}`;
        const site: Site = { path: spot.path, start: token.start, end: token.start + image.length };
        to.images.push({ image, place: to.place, name: spot.name, reason: 'named', site, open });
        continue;
      }
    }
    const verdict =
      token.fault === undefined ? judge(token.text, named) : ({ image: false, reason: token.fault } as const);
    const site: Site = { path: spot.path, start: token.start, end: token.end };
    if (verdict.image) add(token.text, verdict.reason, site, spot.name, to);
    else refuse(token.text, verdict.reason, site, to);
  }
}

/** Annotations: some are read by admission webhooks or hold JSON for a controller, all others are notes. */
export function annotations(value: Json | undefined, base: string, to: Walk): void {
  for (const [key, text] of Object.entries(asObject(value))) {
    if (typeof text !== 'string') continue;
    const path = `${base}/${pointerToken(key)}`;
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
