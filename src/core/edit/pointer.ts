import { Pointer } from 'rfc6902';

/** The keys and indexes of a JSON pointer (RFC 6901). */
export function pointerTokens(pointer: string): readonly string[] {
  return Pointer.fromJSON(pointer).tokens.slice(1);
}
