import type { ByteRange } from './store.ts';

/**
 * Reads a Range header for a body of `size` bytes (RFC 9110 §14.2): undefined when there is none or it asks for
 * something this server need not know (several ranges, other units), `unsatisfiable` when it lies outside.
 */
export function parseRange(text: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return undefined;
  if (from === '') {
    const length = Math.min(Number(to), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return undefined;
  return first >= size ? 'unsatisfiable' : { first, last };
}

/** Start of an upload chunk, from `Content-Range: a-b`; `bytes a-b` is taken too, some clients send it. */
export function parseChunkStart(text: string): number | undefined {
  const match = /^(?:bytes )?(\d+)-\d+(?:\/[\d*]+)?$/.exec(text.trim());
  return match === null ? undefined : Number(match[1]);
}
