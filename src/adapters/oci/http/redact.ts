import { redact } from '../../../core/base/index.ts';

/** A server's text made fit to be shown: one short line without secrets and control characters. */
export function safeText(text: string, maxLength = 200): string {
  const line = redact(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim());
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}

/** A URL without user and query: storage links carry signatures there. */
export function safeUrl(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}
