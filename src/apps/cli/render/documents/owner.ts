import { apiVersion, type EditPlace, type OwnershipReport } from '../../../../core/model/index.ts';
import type { Document } from '../../../../flows/index.ts';
import { fieldPath } from './field-path.ts';

/** `owner -o json`. */
export function ownerReport({ places, until, ...report }: OwnershipReport): Document {
  return {
    apiVersion,
    kind: 'OwnershipReport',
    ...report,
    ...(until === undefined ? {} : { until }),
    places: places.map(placeDocument),
  };
}

function placeDocument({ path, ...place }: EditPlace): Document {
  return { ...place, ...(path === undefined ? {} : { path: fieldPath(path), pointer: path }) };
}
