/** One expression that matches where any of the alternatives does. They must have the same flags (TypeError). */
export function anyOf(...alternatives: readonly RegExp[]): RegExp {
  const [flags = '', ...others] = new Set(alternatives.map((alternative) => alternative.flags));
  if (others.length > 0) throw new TypeError(`alternatives with different flags: ${String(alternatives[0])}`);
  return new RegExp(alternatives.map(({ source }) => source).join('|'), flags);
}
