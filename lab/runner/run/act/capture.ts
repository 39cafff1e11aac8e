import { Pointer } from 'rfc6902';
import type { Capture } from '../../file/index.ts';
import { check, read, type Context } from '../context.ts';
import { valueAt } from '../values.ts';

type Said = { readonly stdout: string; readonly stderr: string };
const NOTHING: Said = { stdout: '', stderr: '' };

/** Keeps values for later actions; each must be there. */
export async function captureFrom(context: Context, wanted: Capture, said: Said = NOTHING): Promise<void> {
  for (const [name, source] of Object.entries(wanted)) {
    const value = await valueOf(context, source, said);
    check(context, `\${${name}} from ${JSON.stringify(source)}`, value !== undefined, value ?? '(nothing)');
    if (value !== undefined) context.captured.set(name, value);
  }
}

async function valueOf(context: Context, source: Capture[string], said: Said): Promise<string | undefined> {
  if ('object' in source) return asText(valueAt(await read(context, source.object), source.path));
  if ('json' in source) return asText(jsonValue(said.stdout, source.json));
  const [text, pattern] = 'stdout' in source ? [said.stdout, source.stdout] : [said.stderr, source.stderr];
  const match = new RegExp(pattern, 'um').exec(text);
  return match?.[1] ?? match?.[0];
}

function jsonValue(text: string, path: string): unknown {
  try {
    return Pointer.fromJSON(path).get(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
