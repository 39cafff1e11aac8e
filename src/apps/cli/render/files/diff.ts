import type { Json, JsonObject, RepairPlan, Step } from '../../../../core/model/index.ts';
import { stepTitle, title } from '../names.ts';
import type { Page } from '../page.ts';

/** Fields that the API server writes; a re-created object gets its own. */
const serverFields = new Set([
  '/status',
  '/metadata/uid',
  '/metadata/resourceVersion',
  '/metadata/creationTimestamp',
  '/metadata/generation',
  '/metadata/managedFields',
]);

/** Every field of a plan before and after. Never wrapped, so that it can be read by `patch` people. */
export function planDiff(plan: RepairPlan, page: Page): readonly string[] {
  return plan.spec.steps.flatMap((step) => [page.paint.strong(stepTitle(step)), ...stepDiff(step, page), '']);
}

function stepDiff(step: Step, page: Page): readonly string[] {
  const { diff } = page.m.plan;
  switch (step.kind) {
    case 'patch':
      return step.changes.flatMap((change) => fieldDiff(change.path, change.before, change.after, page));
    case 'replace-pods':
      return step.pods.map((pod) => page.paint.bad(`- ${diff.delete(title(pod))}`));
    case 'recreate':
      return changedFields(step.before, step.after, '').flatMap(([path, before, after]) =>
        fieldDiff(path, before, after, page),
      );
    case 'pull-secret':
      return [page.paint.good(`+ ${diff.secret(step.object.namespace ?? '', step.host)}`)];
    case 'copy-image':
      return [page.paint.good(`+ ${diff.copy(step.target, step.digest)}`)];
    case 'edit-file':
      return step.edits.flatMap((edit) =>
        fieldDiff(`${edit.file}:${edit.line}:${edit.column}`, edit.before, edit.after, page),
      );
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

type Changed = readonly [path: string, before: Json | undefined, after: Json | undefined];

/** Leaves that differ between two objects, as JSON pointers. */
function changedFields(before: Json | undefined, after: Json | undefined, path: string): readonly Changed[] {
  if (serverFields.has(path)) return [];
  if (isTree(before) && isTree(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      changedFields(before[key], after[key], `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [[path, before, after]];
}

/** Lists too: their indexes are keys. */
function isTree(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null;
}
