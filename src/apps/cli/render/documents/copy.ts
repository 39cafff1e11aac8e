import type { Lang } from '../../../../core/base/index.ts';
import { apiVersion } from '../../../../core/model/index.ts';
import type { CopyReport, Document } from '../../../../flows/index.ts';
import { errorDocument } from '../errors.ts';

/** `copy -o json` and `sync -o json`. */
export function copyReport({ results, totals, seconds }: CopyReport, dryRun: boolean, lang: Lang): Document {
  const items = results.map(({ error, ...result }) => ({
    ...result,
    ...(error !== undefined && { error: errorDocument(error, lang) }),
  }));
  return { apiVersion, kind: 'CopyReport', dryRun, totals, seconds, items };
}
