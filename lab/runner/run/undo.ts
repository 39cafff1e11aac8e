import { substitute, type Undo } from '../file/index.ts';
import { check, read, variablesOf, type Context } from './context.ts';
import { checkExit, checkManners, checkTexts, keepReport, note, startPullmend, wantsJson } from './act.ts';
import { checkNothingNew, checkUnchanged } from './unchanged.ts';
import { checkJson } from './values.ts';

type Outcomes = {
  readonly outcomes?: readonly {
    readonly object: { readonly kind: string; readonly name: string };
    readonly path?: string;
    readonly outcome: string;
  }[];
};

/** Runs `pullmend undo` and looks whether everything is as it was before pullmend came. */
export async function undo(context: Context, template: Undo): Promise<void> {
  const { pullmend, exit, restored, conflicts, stdout, fields } = substitute(template, variablesOf(context));
  const command = ['pullmend', ...pullmend].join(' ');
  context.say(`runs ${command}`);
  const finished = await startPullmend(context, { pullmend, env: {} }).finished;
  note(context, command, finished);
  checkManners(context, finished);
  checkExit(context, command, finished, exit);
  checkTexts(context, 'stdout', finished.stdout, stdout);
  if (wantsJson({ pullmend })) keepReport(context, finished.stdout);
  for (const { object, path } of conflicts) checkConflict(context, object, path);
  for (const { object, path, ...expected } of fields)
    checkJson(context, `after undo: ${object}`, await read(context, object), path, expected);
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
