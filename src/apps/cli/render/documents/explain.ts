import type { Explanation } from '../../../../core/knowledge/failures/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { Document } from '../../../../flows/index.ts';
import { verdict } from '../../explain-record.ts';

/** `explain -o json`. */
export function explanationList(explanations: readonly Explanation[]): Document {
  return recordList(explanations.map(explanationItem));
}

/** `explain --input FILE -o json`. */
export function recordList(items: readonly Document[]): Document {
  return { apiVersion, kind: 'ExplanationList', items };
}

/** One cause; also a line of `explain -o jsonl`. */
export function explanationItem({ diagnosis, image, count, objects }: Explanation): Document {
  return { ...verdict(diagnosis), image, count, objects, evidence: diagnosis.evidence };
}
