import { substitute, type Undo } from '../file/index.ts';
import { runCommand } from './act/command.ts';
import { check, variablesOf, type Context } from './context.ts';
import { checkField } from './fields.ts';
import { checkNothingNew, checkUnchanged } from './unchanged.ts';

type Outcomes = {
  readonly outcomes?: readonly {
    readonly object: { readonly kind: string; readonly name: string };
    readonly path?: string;
    readonly outcome: string;
  }[];
};

/** Runs `pullmend undo` and looks whether everything is as it was before pullmend came. */
export async function undo(context: Context, template: Undo): Promise<void> {
  const { restored, conflicts, fields, ...command } = substitute(template, variablesOf(context));
  await runCommand(context, { ...command, stderr: [], json: [], capture: {}, env: {} });
  for (const { object, path } of conflicts) checkConflict(context, object, path);
  for (const field of fields) await checkField(context, field);
  if (restored !== undefined) await checkUnchanged(context, restored, 'as before');
  if (restored === 'all') await checkNothingNew(context, ['Secret']);
}

function checkConflict(context: Context, object: string, path: string | undefined): void {
  const { outcomes = [] } = (context.report ?? {}) as Outcomes;
  const left = outcomes.filter(({ outcome }) => outcome === 'changed-since');
  const ok = left.some(
    (one) => `${one.object.kind}/${one.object.name}` === object && (path === undefined || one.path === path),
  );
  check(context, `undo leaves ${object} ${path ?? ''} alone: changed since`, ok, JSON.stringify(outcomes));
}
