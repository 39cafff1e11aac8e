import { apiVersion } from '../../../../core/model/index.ts';
import type { DiagnoseResult, Document } from '../../../../flows/index.ts';
import { podCount } from '../diagnosis/reckoning.ts';

/** `diagnose -o json`. */
export function diagnosisReport({
  cluster,
  problems,
  chains,
  findings,
  unread,
  reach,
  prediction,
  takenAt,
}: DiagnoseResult): Document {
  return {
    apiVersion,
    kind: 'DiagnosisReport',
    cluster,
    takenAt,
    summary: { images: problems.length, pods: podCount(problems) },
    problems,
    chains,
    findings,
    unread,
    reach,
    prediction,
  };
}
