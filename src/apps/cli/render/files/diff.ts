import { yamlLines } from '../yaml-lines.ts';
import type { Json, RepairPlan } from '../../../../core/model/index.ts';
import { previewOf, type DiffLine } from '../../../../steps/previews.ts';
import { stepTitle, title } from '../names.ts';
import type { Page } from '../page.ts';

/** Every field of a plan before and after. Never wrapped, so that it can be read by `patch` people. */
export function planDiff(plan: RepairPlan, page: Page): readonly string[] {
  return plan.spec.steps.flatMap((step) => [
    page.paint.strong(stepTitle(step)),
    ...previewOf(step).diff.flatMap((line) => diffLine(line, page)),
    '',
  ]);
}

function diffLine(line: DiffLine, page: Page): readonly string[] {
  const { diff } = page.m.plan;
  switch (line.shows) {
    case 'field':
      return fieldDiff(
        line.object === undefined ? line.path : `${title(line.object)} ${line.path}`,
        line.before,
        line.after,
        page,
      );
    case 'values':
      return [
        `  ${page.paint.quiet(diff.values(line.release.name))}`,
        ...yamlLines(line.values).map((one) => page.paint.good(`  + ${one}`)),
      ];
    case 'delete':
      return [page.paint.bad(`- ${diff.delete(title(line.object))}`)];
    case 'secret':
      return [page.paint.good(`+ ${diff.secret(line.namespace, line.host)}`)];
    case 'copy':
      return [page.paint.good(`+ ${diff.copy(line.target, line.digest)}`)];
    case 'lines':
      return [
        `  ${page.paint.quiet(line.path)}`,
        ...line.lines.map((one) =>
          one.startsWith('-') ? page.paint.bad(`  ${one}`) : page.paint.good(`  ${one}`),
        ),
      ];
  }
}

function fieldDiff(
  path: string,
  before: Json | undefined,
  after: Json | undefined,
  page: Page,
): readonly string[] {
  const { paint } = page;
  return [
    `  ${paint.quiet(path)}`,
    ...(before === undefined ? [] : [paint.bad(`  - ${valueText(before)}`)]),
    ...(after === undefined ? [] : [paint.good(`  + ${valueText(after)}`)]),
  ];
}

function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
