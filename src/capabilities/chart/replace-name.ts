/** Replaces a name where it stands alone, not as a part of another. */
export function replaceName(text: string, name: string, by: string): string {
  let done = '';
  let end = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    const [before, after] = [text[at - 1] ?? ' ', text.slice(at + name.length, at + name.length + 1)];
    if (/[\w./:@-]/.test(before) || /[\w/@-]/.test(after)) continue;
    done += text.slice(end, at) + by;
    end = at + name.length;
  }
  return done + text.slice(end);
}

/** Does a name stand in a text by itself: `acme/proxy` does not in `acme/proxy-init`. */
export function standsIn(text: string, name: string): boolean {
  return replaceName(text, name, '') !== text;
}
