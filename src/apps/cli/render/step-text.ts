import type { FieldChange, Step } from '../../../core/model/index.ts';
import type { Page } from './page.ts';

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
    case 'edit-file':
      return plan.editFile(words.places(step.edits.length));
  }
}

/** What one should know about a step before saying yes: what is lost, who overwrites it. */
export function stepNotes(step: Step, { m }: Page): readonly string[] {
  return [
    ...(step.loss === undefined ? [] : [m.plan.loss[step.loss]]),
    ...(step.overwrittenBy === undefined ? [] : [m.plan.overwrittenBy(step.overwrittenBy)]),
  ];
}

function fieldName({ path }: FieldChange, field: Page['m']['plan']['field']): string {
  if (/\/(image|reference)$/.test(path)) return field.image;
  if (path.endsWith('/imagePullPolicy') || path.endsWith('/pullPolicy')) return field.pullPolicy;
  if (path.includes('/imagePullSecrets')) return field.pullSecret;
  if (/\/env\/\d+\/value$/.test(path)) return field.env;
  return path;
}
