import type { FieldAssertion } from '../file/index.ts';
import { waitFor } from '../world/index.ts';
import { read, type Context } from './context.ts';
import { checkJson, holds, valueAt } from './values.ts';

/** Checks a value in an object, and waits for it where time is given. */
export async function checkField(
  context: Context,
  { object, path, ...expected }: FieldAssertion,
  within = 0,
): Promise<void> {
  const look = async () => {
    const seen = await read(context, object);
    return { done: holds(valueAt(seen, path), expected), seen };
  };
  const { seen } = await waitFor(look, within, context.signal);
  checkJson(context, object, seen, path, expected);
}
