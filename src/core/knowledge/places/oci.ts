import type { Json, JsonObject } from '../../model/index.ts';
import { asObject, asText, dig } from '../pods/index.ts';
import { judge } from './judge.ts';
import type { Walk } from './tell.ts';

/** What else than images is pulled from a registry: charts and manifests that a controller takes from `oci://`. */
export function ociSource(object: JsonObject, kind: string, base: string, to: Walk): void {
  const spec = asObject(object.spec);
  switch (kind) {
    case 'OCIRepository.source.toolkit.fluxcd.io': {
      const { tag, digest, semver } = asObject(spec.ref);
      const at = asText(digest);
      const version = `${semver === undefined ? text(tag, ':') : ':*'}${at === undefined ? '' : `@${at}`}`;
      artifact(spec.url, `${base}/spec/url`, version === '' ? ':latest' : version, to);
      break;
    }
    case 'HelmRepository.source.toolkit.fluxcd.io':
      artifact(spec.url, `${base}/spec/url`, '/*', to);
      break;
    case 'HelmChart.helm.cattle.io':
      artifact(spec.chart, `${base}/spec/chart`, text(spec.version, ':') || ':*', to);
      break;
    case 'Application.argoproj.io':
      argoSource(spec.source, `${base}/spec/source`, to);
      for (const [index, source] of (Array.isArray(spec.sources) ? spec.sources : []).entries())
        argoSource(source, `${base}/spec/sources/${index}`, to);
      break;
    case 'ApplicationSet.argoproj.io':
      argoSource(dig(spec, 'template', 'spec', 'source'), `${base}/spec/template/spec/source`, to);
      break;
    default:
  }
}

function argoSource(source: Json | undefined, path: string, to: Walk): void {
  const { repoURL, targetRevision } = asObject(source);
  artifact(repoURL, `${path}/repoURL`, text(targetRevision, ':') || ':*', to);
}

function text(value: Json | undefined, lead: string): string {
  return typeof value === 'string' || typeof value === 'number' ? `${lead}${value}` : '';
}

function artifact(url: Json | undefined, path: string, ending: string, to: Walk): void {
  const [, scheme = '', written = ''] = /^(oci:\/\/)([^\s?#]+?)\/?$/.exec(asText(url) ?? '') ?? [];
  if (!judge(`${written}/x:1.0`, true).image) return;
  const site = { path, start: scheme.length, end: scheme.length + written.length };
  const isWhole = !ending.startsWith('/') && judge(`${written}${ending}`, true).image;
  to.images.push({
    image: `${written}${ending}`,
    place: to.place,
    name: path.split('/').at(-1) ?? 'url',
    reason: 'oci-source',
    site,
    parts: { fields: [{ written, site }], ending },
    ...(isWhole ? {} : { open: { name: written, tail: ending } }),
  });
}
