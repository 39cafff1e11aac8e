/**
 * The addresses from `first` to `last`, both included, written `10.89.0.100-10.89.0.119`; they differ in the last part.
 * Throws on anything else.
 */
export function parseAddressRange(text: string): readonly string[] {
  const match = /^((?:\d{1,3}\.){3})(\d{1,3})-\1(\d{1,3})$/.exec(text);
  const [first, last] = [Number(match?.[2]), Number(match?.[3])];
  if (match === null || first > last || last > 254) throw new Error(`not a range of addresses: ${text}`);
  return Array.from({ length: last - first + 1 }, (_, index) => `${match[1]}${first + index}`);
}
