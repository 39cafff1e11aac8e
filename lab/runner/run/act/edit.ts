import type { Step } from '../../file/index.ts';
import { check, locate, type Context } from '../context.ts';

/** Somebody else's edit. */
export async function editObject(
  context: Context,
  { object, patch }: Extract<Step, { edit: unknown }>['edit'],
): Promise<void> {
  const { of, namespace } = locate(context, object);
  await context.lab.kube.patch(of, namespace, patch);
  check(context, `a person edits ${object}`, true, JSON.stringify(patch));
}
