import type { Json, JsonObject } from '../../model/index.ts';
import { asList, asText, isObject } from '../pods/index.ts';
import { namesImage } from './field-name.ts';
import { renamings } from './overrides.ts';
import type { Walk } from './tell.ts';
import { scan, walk } from './walk.ts';

/** What a `kustomization.yaml` says of images by itself: entries, patches that stand in it, literals, values. */
export function kustomization(object: JsonObject, base: string, to: Walk): void {
  renamings(object.images, { path: `${base}/images`, name: 'images', named: false }, true, to);
  for (const key of ['patches', 'patchesJson6902', 'patchesStrategicMerge']) {
    for (const [index, entry] of asList(object[key]).entries()) {
      const path = `${base}/${key}/${index}`;
      // A file, where it has one line.
      const text = isObject(entry)
        ? asText(entry.patch)
        : /\n/.test(asText(entry) ?? '')
          ? asText(entry)
          : undefined;
      const at = isObject(entry) ? `${path}/patch` : path;
      if (text !== undefined) scan(text, { path: at, name: 'patch', named: false }, to);
    }
  }
  for (const key of ['configMapGenerator', 'secretGenerator']) {
    for (const [index, entry] of asList(object[key]).entries()) {
      if (isObject(entry)) literals(entry.literals, `${base}/${key}/${index}/literals`, to);
    }
  }
  for (const [index, entry] of asList(object.helmCharts).entries()) {
    if (isObject(entry)) {
      const path = `${base}/helmCharts/${index}/valuesInline`;
      walk(entry.valuesInline, { path, name: 'valuesInline', named: false }, to);
    }
  }
}

function literals(list: Json | undefined, path: string, to: Walk): void {
  for (const [index, literal] of asList(list).entries()) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(asText(literal) ?? '') ?? [];
    const images: Walk['images'] = [];
    const lookAlikes: Walk['lookAlikes'] = [];
    const spot = { path: `${path}/${index}`, name: key, named: namesImage(key) };
    scan(value, spot, { ...to, images, lookAlikes });
    // It stands behind `KEY=`.
    const skip = key.length + 1;
    for (const { site, parts: _, ...it } of images) {
      const { start = 0, end = 0 } = site;
      to.images.push({ ...it, site: { path: site.path, start: start + skip, end: end + skip } });
    }
  }
}
