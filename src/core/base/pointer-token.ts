/** A key as a step of a JSON pointer (RFC 6901, 3). */
export function pointerToken(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
