/**
 * The texts of the fields that together make another name; each keeps as much of its own end as it can. Undefined
 * when the new name does not end with the tag and digest that stay.
 */
export function spreadName(
  written: readonly string[],
  ending: string,
  image: string,
): readonly string[] | undefined {
  if (!image.endsWith(ending)) return undefined;
  let left = image.slice(0, image.length - ending.length).split('/');
  const texts: string[] = [];
  for (const text of written.slice(1).toReversed()) {
    const own = text.split('/').filter((part) => part !== '');
    let common = 0;
    while (common < own.length && own.at(-1 - common) === left.at(-1 - common)) common += 1;
    // One part for each field before it must be left.
    const take = Math.min(Math.max(common, 1), left.length - (written.length - 1 - texts.length));
    if (take < 1) return undefined;
    texts.unshift(withSlashes(text, left.slice(-take).join('/')));
    left = left.slice(0, -take);
  }
  const [first = ''] = written;
  return left.length === 0 ? undefined : [withSlashes(first, left.join('/')), ...texts];
}

/** `/repository` keeps its slash. */
function withSlashes(written: string, text: string): string {
  return `${written.startsWith('/') ? '/' : ''}${text}${written.endsWith('/') ? '/' : ''}`;
}
