import type { DefaultClassStep, JsonObject } from '../../core/model/index.ts';
import type { Lost } from '../module.ts';
import { patch } from '../patch/index.ts';
import { asPatch } from './as-patch.ts';

/** Who wrote the mark anew. */
export function lost(step: DefaultClassStep, object: JsonObject): Lost | undefined {
  return patch.lost?.(asPatch(step), object);
}
