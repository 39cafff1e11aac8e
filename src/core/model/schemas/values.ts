import * as z from 'zod';
import { isDigest } from '../../image/index.ts';
import type { Json, JsonObject } from '../api.ts';
import { places } from '../usage.ts';

// What the schemas of steps, plans and records are made of. A plan file is edited by hand and a record lies where
// others may write: whatever is acted on is checked here.

export const text = z.string();
export const nameText = z.string().min(1);
export const count = z.number().int().nonnegative();
export const pointer = z.string().startsWith('/');
export const digest = z.string().refine(isDigest, 'is no digest');
/** Any JSON value. */
export const json: z.ZodType<Json, Json> = z.json() as z.ZodType<Json, Json>;
export const jsonObject: z.ZodType<JsonObject, JsonObject> = z.record(text, z.json());

export function list<T extends z.ZodType>(item: T) {
  return z.array(item).readonly();
}

export const objectRef = z
  .object({
    apiVersion: text,
    kind: nameText,
    namespace: nameText.exactOptional(),
    name: nameText,
    uid: text.exactOptional(),
  })
  .readonly();

export const place = z.enum(places);
