/** What looks like a secret in a text that a server wrote. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\/\/[^/\s@]*@/g, '//'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/gi, '$1 ***'],
  [/\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){0,2}/g, '***'],
  [
    /\b([\w-]*(?:token|password|passwd|secret|signature|credential|sig|key)[\w-]*)(["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
    '$1$2***',
  ],
];

/** A server's text made fit to be shown: one short line without secrets and control characters. */
export function safeText(text: string, maxLength = 200): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const redacted = secrets.reduce((it, [pattern, to]) => it.replaceAll(pattern, to), line);
  return redacted.length > maxLength ? `${redacted.slice(0, maxLength)}…` : redacted;
}

/** A URL without user and query: storage links carry signatures there. */
export function safeUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
