import { basename } from 'node:path';
import { readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { asList, dig, digText, isObject as isMap } from '../../../core/knowledge/pods/index.ts';
import type { ImagesOfFile, Json, SourceFile } from '../../../core/model/index.ts';
import { kustomizationNames } from '../kustomize/source-files.ts';
import { layerOf } from './layers.ts';
import { imagesOfDocument, imagesOfSettings, type Locate } from '../images-of.ts';

/**
 * Every image that the objects of a file bring into a pod, and what only looks like one.
 *
 * @param settings take documents without a kind for the settings of a program, and look for images there too
 */
export function imagesIn(file: SourceFile, { settings = false } = {}): ImagesOfFile {
  const documents = readYaml(file.text, file.path);
  const found = documents.map((read, index) => {
    const document = asKustomization(read, file.path);
    const locate: Locate = ({ path, start, end }) =>
      start === undefined || end === undefined ? undefined : document.locate(path, { start, end });
    const isSettings =
      (settings && !isObject(document)) || isJsonPatch(document.value) || isHelmfile(document.value);
    const images = (isSettings ? imagesOfSettings : imagesOfDocument)(document.value, locate);
    const layer = layerOf(document.value, file.path, index, images.usages);
    return { document, ...images, ...(layer === undefined ? {} : { layer }) };
  });
  const [repeatedKey] = found.flatMap(({ usages, document }) =>
    usages.length === 0 ? [] : (document.repeatedKey() ?? []),
  );
  return {
    file,
    usages: found.flatMap(({ usages }) => usages),
    lookAlikes: found.flatMap(({ lookAlikes }) => lookAlikes),
    objects: documents.filter(isObject).length,
    layers: found.flatMap(({ layer }) => layer ?? []),
    sealed: documents.some(({ value }) => isSealed(value)),
    ...(repeatedKey === undefined ? {} : { repeatedKey }),
  };
}

/** A kustomization needs no kind: its name says it. */
function asKustomization(document: YamlDocument, path: string): YamlDocument {
  const isOne = (kustomizationNames as readonly string[]).includes(basename(path)) && !isObject(document);
  if (!isOne || !isMap(document.value)) return document;
  const kind = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
  return { ...document, value: { ...document.value, ...kind } };
}

/** What SOPS writes beside what it encrypts; its code authenticates the whole file. */
function isSealed(value: Json): boolean {
  const sops = dig(value, 'sops');
  return isMap(sops) && (sops.mac !== undefined || sops.lastmodified !== undefined);
}

/** A JSON patch (RFC 6902) in a file of its own. */
function isJsonPatch(value: Json): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((it) => isMap(it) && 'op' in it && 'path' in it)
  );
}

/** Releases with the values of their charts. */
function isHelmfile(value: Json): boolean {
  return asList(dig(value, 'releases')).some((it) => isMap(it) && typeof it.chart === 'string');
}

function isObject({ value }: YamlDocument): boolean {
  return digText(value, 'kind') !== undefined;
}
