import { redact, redactAll } from '../../../core/base/index.ts';

/** C0 and C1 controls, DEL, and the marks that turn the direction of text around. */
// oxlint-disable-next-line no-control-regex
const harmful = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function named(character: string): string {
  if (character === '\n' || character === '\t' || character === '\r') return ' ';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A foreign text that cannot move the cursor, change colours or break the line of a terminal. */
export function harmlessText(text: string): string {
  return text.replace(harmful, named);
}

/** The same data with every text made harmless and without secrets; only for showing, never for writing anywhere else. */
export function harmless<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return harmlessText(redact(value));
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object' || value instanceof Error) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [harmlessText(key), clean(part)]));
}

/** True for a text that must not reach a terminal as it is. */
export function isHarmful(text: string): boolean {
  return text.search(harmful) !== -1;
}

/** JSON, or YAML with such texts between double quotes: what could move the cursor is written as `\uXXXX`. */
export function escapeHarmful(written: string): string {
  return written.replace(harmful, (character) => (character === '\n' ? character : named(character)));
}

/** A value as one line of JSON, harmless and without secrets. */
export function jsonLine(value: object): string {
  return escapeHarmful(JSON.stringify(redactAll(value)));
}
