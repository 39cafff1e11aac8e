import { dirname, join } from 'node:path';
import {
  apiGroup,
  asList,
  asObject,
  asObjects,
  asText,
  digText,
} from '../../../core/knowledge/pods/index.ts';
import type { Json, OverrideLayer, Usage } from '../../../core/model/index.ts';

/**
 * What a document overrides the images of, where it does: a kustomization, an object of Flux or Argo CD that names a
 * folder, a HelmRelease with post-renderers.
 *
 * @param usages those of the document
 */
export function layerOf(
  value: Json,
  file: string,
  document: number,
  usages: readonly Usage[],
): OverrideLayer | undefined {
  const entries = usages.filter(({ override }) => override !== undefined);
  const kind = digText(value, 'kind') ?? '';
  const group = apiGroup(digText(value, 'apiVersion') ?? '');
  const content = asObject(value);
  const layer = { name: `${file}#${document}`, holds: [], parts: [], anyField: false, entries, own: [] };
  if (isKustomizationDocument(value)) {
    const folder = dirname(file);
    const pathsOf = (list: readonly (Json | undefined)[]): readonly string[] =>
      list.flatMap((entry) => {
        const text = asText(entry);
        return text === undefined || /\n|:\/\//.test(text)
          ? []
          : [join(folder, text).replace(/(?<=.)\/$/, '')];
      });
    const patches = [...asObjects(content.patches), ...asObjects(content.patchesJson6902)].map(
      (it) => it.path,
    );
    const parts = pathsOf(asList(content.components));
    const lists = ['resources', 'bases', 'patchesStrategicMerge'].flatMap((key) => asList(content[key]));
    return {
      ...layer,
      name: folder,
      holds: [...pathsOf([...lists, ...patches]), ...parts],
      parts,
      anyField: asList(content.configurations).length > 0,
      own: usages.filter(({ override, path }) => override === undefined && path.startsWith('/patches')),
    };
  }
  if (entries.length === 0) return undefined;
  if (kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io') {
    return { ...layer, searched: digText(value, 'spec', 'path') ?? './' };
  }
  if (kind === 'HelmRelease') {
    return { ...layer, own: usages.filter(({ override }) => override === undefined), anyField: true };
  }
  const source = digText(value, 'spec', 'source', 'path');
  return group === 'argoproj.io' && source !== undefined ? { ...layer, searched: source } : undefined;
}

/** Kustomizations need no kind, and old ones have none. */
export function isKustomizationDocument(value: Json): boolean {
  const kind = digText(value, 'kind');
  const group = apiGroup(digText(value, 'apiVersion') ?? 'kustomize.config.k8s.io/v1beta1');
  return (kind === 'Kustomization' || kind === 'Component') && group === 'kustomize.config.k8s.io';
}
