import type { EditFileStep, FieldChange, Step } from '../../../../core/model/index.ts';
import type { Page } from '../page.ts';

/** More line numbers than this say less than how many there are. */
const mostLines = 4;

/** What a step does, in a few words: `image, pull policy`. */
export function stepAction(step: Step, { m }: Page): string {
  const { plan, words } = m;
  switch (step.kind) {
    case 'patch':
      return words.list([...new Set(step.changes.map((change) => fieldName(change, plan.field)))]);
    case 'replace-pods':
      return plan.replacePods(words.pods(step.pods.length));
    case 'recreate':
      return plan.recreate;
    case 'pull-secret':
      return plan.pullSecret(step.host);
    case 'copy-image':
      return plan.copy(step.mirror);
    case 'edit-file':
      return step.edits.length > mostLines ? words.places(step.edits.length) : plan.lines(linesOf(step));
  }
}

/** What one should know about a step before saying yes: what is lost, who overwrites it. */
export function stepNotes(step: Step, { m }: Page): readonly string[] {
  return [
    ...(step.loss === undefined ? [] : [m.plan.loss[step.loss]]),
    ...(step.overwrittenBy === undefined ? [] : [m.plan.overwrittenBy(step.overwrittenBy)]),
  ];
}

function linesOf({ edits }: EditFileStep): readonly number[] {
  return [...new Set(edits.map((edit) => edit.line))].toSorted((a, b) => a - b);
}

function fieldName({ path }: FieldChange, field: Page['m']['plan']['field']): string {
  if (/\/(image|reference)$/.test(path)) return field.image;
  if (path.endsWith('/imagePullPolicy') || path.endsWith('/pullPolicy')) return field.pullPolicy;
  if (path.includes('/imagePullSecrets')) return field.pullSecret;
  if (/\/env\/\d+\/value$/.test(path)) return field.env;
  return path;
}
