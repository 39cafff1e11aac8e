import type { Page } from '../page.ts';
import { harmless } from '../harmless.ts';
import { htmlPage } from './blocks-html.ts';
import { markdownPage } from './blocks-markdown.ts';
import { changeRequest, type ChangeRequestInput } from './change-request.ts';
import { htmlReport } from './html.ts';
import { markdownReport } from './markdown.ts';
import { makeReport, type ReportInput } from './report.ts';

/** A diagnosis as a file for people. Foreign texts come out without control characters. */
export function reportText(input: ReportInput, format: 'markdown' | 'html', page: Page): string {
  const safe = harmless(input);
  const report = makeReport(safe, page);
  return format === 'html' ? htmlReport(report, safe.problems, page) : markdownReport(report, page);
}

/** A plan as a file for whoever has to agree to it. */
export function changeRequestText(
  input: ChangeRequestInput,
  format: 'markdown' | 'html',
  page: Page,
): string {
  const made = changeRequest(harmless(input), page);
  return format === 'html' ? htmlPage(made, page.lang) : markdownPage(made);
}
