/** A text as a CEL string literal (CEL specification, "String and Bytes Values"): printable ASCII, the rest escaped. */
export function celString(text: string): string {
  const escaped = Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (char === "'" || char === '\\') return `\\${char}`;
    if (code >= 0x20 && code < 0x7f) return char;
    return `\\U${code.toString(16).padStart(8, '0')}`;
  });
  return `'${escaped.join('')}'`;
}

export function celMap(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([key, value]) => `${celString(key)}: ${celString(value)}`).join(', ')}}`;
}

export function celList(texts: readonly string[]): string {
  return `[${texts.map(celString).join(', ')}]`;
}
