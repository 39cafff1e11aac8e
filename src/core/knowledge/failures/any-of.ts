/** One expression that matches where any of the alternatives does; all have the same flags. */
export function anyOf(...alternatives: readonly RegExp[]): RegExp {
  const [first] = alternatives;
  return new RegExp(alternatives.map(({ source }) => source).join('|'), first?.flags);
}
