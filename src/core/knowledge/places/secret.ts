import type { JsonObject } from '../../model/index.ts';
import { asObject, digText } from '../pods/index.ts';
import type { Finding } from './finding.ts';
import type { Walk } from './tell.ts';
import { configMap } from './walk.ts';

/** Credentials, certificates and the releases of Helm, which are read on their own. */
const idleTypes = /^(?:kubernetes\.io|bootstrap\.kubernetes\.io|helm\.sh)\//;

/** What a Secret holds is nobody's business but its images: no look-alike of it is told. */
export function secret(object: JsonObject, base: string, to: Walk): void {
  if (idleTypes.test(digText(object, 'type') ?? '')) return;
  configMap(object.stringData, `${base}/stringData`, { ...to, lookAlikes: [] });
  const images: Finding[] = [];
  configMap(decoded(asObject(object.data)), `${base}/data`, { ...to, images, lookAlikes: [] });
  to.images.push(...images.map(withoutPart));
}

function decoded(data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const text = typeof value === 'string' ? decodeText(value) : undefined;
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

/** A text in Base64; undefined for bytes that are none. */
export function decodeText(base64: string): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}

/** In Base64 no part of a text stands where it could be edited. */
function withoutPart({ parts, site, ...finding }: Finding): Finding {
  const { path } = site;
  if (parts === undefined) return { ...finding, site: { path } };
  const fields = parts.fields.map(({ written }) => ({ written, site: { path } }));
  return { ...finding, site: { path }, parts: { ...parts, fields } };
}
