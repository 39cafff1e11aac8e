import { classify, remediesFor, type Remedy, type Symptom } from '../../core/knowledge/failures/index.ts';
import type { Diagnosis } from '../../core/model/index.ts';

/** One line of `explain --input`: the answer to a line that was read. */
export type ExplainRecord = Pick<
  Diagnosis,
  'class' | 'inner' | 'variant' | 'confidence' | 'endpoint' | 'mirrorHelps'
> & {
  readonly id: string | number;
  readonly remedies: readonly Remedy[];
};

/**
 * Explains a line `{"id","message","reason"?,"runtime"?,"image"?}`; `undefined` when it is no JSON object with an id
 * and a message. Other fields, and optional ones of another type, are passed over.
 */
export function explainRecord(line: string): ExplainRecord | undefined {
  const row = parse(line);
  if (row === undefined) return undefined;
  const { id, message } = row;
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof message !== 'string') return undefined;
  return { id, ...verdict(classify({ message, ...symptomOf(row) })) };
}

/** What programs read of a diagnosis, in the order in which it is written. */
export function verdict(diagnosis: Diagnosis): Omit<ExplainRecord, 'id'> {
  const { class: failure, inner, variant, confidence, endpoint, mirrorHelps } = diagnosis;
  return {
    class: failure,
    ...(inner !== undefined && { inner }),
    ...(variant !== undefined && { variant }),
    confidence,
    ...(endpoint !== undefined && { endpoint }),
    mirrorHelps,
    remedies: remediesFor(diagnosis),
  };
}

function symptomOf(row: Readonly<Record<string, unknown>>): Partial<Symptom> {
  const optional = ['reason', 'runtime', 'image'] as const;
  return Object.fromEntries(
    optional.flatMap((key) => (typeof row[key] === 'string' && row[key] !== '' ? [[key, row[key]]] : [])),
  );
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
