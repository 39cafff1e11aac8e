import { readYaml, type YamlDocument } from '../../../core/edit/index.ts';
import { formatReference, tryParseReference } from '../../../core/image/index.ts';
import { asList, asObject, asText, digText } from '../../../core/knowledge/pods/index.ts';
import type { ImageListing, LookAlike, ObjectRef } from '../../../core/model/index.ts';
import { imagesIn } from '../files/images-in.ts';
import { readRendered, type RenderedDocument } from '../rendered.ts';
import { pointerToken } from '../../../core/base/index.ts';

type Texts = ReadonlyMap<string, string>;

/** A file of the chart or of one of its sub-charts. */
const inCrds = /^(?:charts\/[^/]+\/)*crds\/.*\.(?:ya?ml|json)$/;
const inFiles = /^(?:charts\/[^/]+\/)*files\/.*\.(?:ya?ml|json)$/;
const chartFile = /^(?:charts\/[^/]+\/)*Chart\.yaml$/;

/** Artifact Hub (artifacthub.io/docs/topics/annotations/helm) and the charts of Bitnami. */
const imageAnnotations = ['artifacthub.io/images', 'images'] as const;

/** What Helm installs from `crds/` without rendering it. */
export function installedAsIs(texts: Texts): readonly RenderedDocument[] {
  const name = chartName(texts);
  return [...texts].flatMap(([path, text]) =>
    inCrds.test(path) ? readRendered(`# Source: ${name}/${path}\n${text}`, path) : [],
  );
}

/** Images that the chart names without rendering them: in annotations of `Chart.yaml` and in `files/`. */
export function namedOnly(
  texts: Texts,
  rendered: ReadonlySet<string>,
  chart: string,
): ImageListing['groups'] {
  const isNew = ({ text }: LookAlike): boolean => {
    const reference = tryParseReference(text);
    return reference !== undefined && !rendered.has(formatReference(reference));
  };
  return [...texts].flatMap(([path, text]) => {
    const file = `${chart}/${path}`;
    const found = chartFile.test(path) ? annotated(text, file) : inFiles.test(path) ? inFile(text, file) : [];
    const lookAlikes = found.filter(isNew);
    return lookAlikes.length === 0 ? [] : [{ file, usages: [], lookAlikes }];
  });
}

function inFile(text: string, file: string): readonly LookAlike[] {
  // A template for `tpl`, or for a program that fills it in later.
  if (text.includes('{{')) return [];
  return tolerant(() =>
    imagesIn({ path: file, text, sha256: '' }).usages.map(({ image, object, path, position }) => ({
      text: image,
      reason: 'not-rendered',
      object,
      path,
      ...(position === undefined ? {} : { position }),
    })),
  );
}

function annotated(text: string, file: string): readonly LookAlike[] {
  return tolerant(() =>
    readYaml(text, file).flatMap((document) => imageAnnotations.flatMap((key) => listed(document, key))),
  );
}

/** `- name: x`, `image: y` as YAML in an annotation. */
function listed(document: YamlDocument, key: string): readonly LookAlike[] {
  const text = digText(document.value, 'annotations', key);
  if (text === undefined) return [];
  const object: ObjectRef = {
    apiVersion: digText(document.value, 'apiVersion') ?? '',
    kind: 'Chart',
    name: digText(document.value, 'name') ?? '',
  };
  const path = `/annotations/${pointerToken(key)}`;
  return readYaml(text, key).flatMap(({ value }) =>
    asList(value).flatMap((entry) => {
      const image = asText(asObject(entry).image);
      if (image === undefined) return [];
      const start = text.indexOf(image);
      const position = document.locate(path, { start, end: start + image.length });
      return [{ text: image, reason: 'not-rendered' as const, object, path, ...(position && { position }) }];
    }),
  );
}

export function chartName(texts: Texts): string {
  const text = texts.get('Chart.yaml') ?? '';
  return (
    tolerant(() => readYaml(text, 'Chart.yaml').map(({ value }) => digText(value, 'name') ?? ''))[0] ?? ''
  );
}

/** Files of a chart may be templates for somebody else; what is no YAML names nothing that can be told. */
function tolerant<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
