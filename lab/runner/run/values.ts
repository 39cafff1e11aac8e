import { isDeepStrictEqual } from 'node:util';
import { Pointer } from 'rfc6902';
import type { Amount, ValueExpectation } from '../file/index.ts';
import { check, type Context } from './context.ts';

/** Whether so many were wanted. */
export function isAmount(seen: number, wanted: Amount): boolean {
  if (typeof wanted === 'number') return seen === wanted;
  return seen >= (wanted.min ?? 0) && seen <= (wanted.max ?? Infinity);
}

export function describeAmount(wanted: Amount): string {
  if (typeof wanted === 'number') return `${wanted}`;
  const { min, max } = wanted;
  return [min === undefined ? [] : `at least ${min}`, max === undefined ? [] : `at most ${max}`]
    .flat()
    .join(', ');
}

/** Checks the value at a JSON pointer. */
export function checkJson(
  context: Context,
  what: string,
  document: unknown,
  path: string,
  expected: ValueExpectation,
): boolean {
  const value = valueAt(document, path);
  const [key, wanted] = Object.entries(expected)[0] ?? [];
  const ok = holds(value, expected);
  return check(context, `${what} ${path} ${key} ${JSON.stringify(wanted)}`, ok, show(value));
}

/** The value at a JSON pointer (RFC 6901); undefined where nothing is. */
export function valueAt(document: unknown, path: string): unknown {
  if (typeof document !== 'object' || document === null) return undefined;
  return path === '' ? document : Pointer.fromJSON(path).get(document);
}

export function holds(value: unknown, expected: ValueExpectation): boolean {
  if ('equals' in expected) return isDeepStrictEqual(value, expected.equals);
  if (expected.matches !== undefined)
    return new RegExp(expected.matches, 'um').test(
      typeof value === 'string' ? value : JSON.stringify(value ?? null),
    );
  if (expected.length !== undefined) return Array.isArray(value) && value.length === expected.length;
  return value === undefined;
}

const SHOWN = 600;

export function show(value: unknown): string {
  const text = value === undefined ? '(absent)' : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text;
}
