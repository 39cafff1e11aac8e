import { parse } from 'smol-toml';
import type { JsonObject } from '../../model/index.ts';

/** A TOML document; undefined when it is none: the runtime could not read it either. */
export function readToml(text: string): JsonObject | undefined {
  try {
    // Dates are the only values that JSON lacks, and no setting of a runtime has one.
    return parse(text) as unknown as JsonObject;
  } catch {
    return undefined;
  }
}
