import { expect, test } from 'vitest';
import { readRetryAfter } from './reply-error.ts';
import { safeText, safeUrl } from './redact.ts';

test.each([
  ['a\nb\t\u001b[31mc', 'a b [31mc'],
  ['see https://user:hunter2@host/x', 'see https://***@host/x'],
  ['Authorization: Bearer abcdefgh.123', 'Authorization: Bearer ***'],
  ['token=abc&x=1', 'token=***&x=1'],
  ['"password": "hunter2"', '"password": "***"'],
  ['got eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc', 'got ***'],
  ['manifest unknown', 'manifest unknown'],
  ['x'.repeat(300), `${'x'.repeat(200)}…`],
])('%j is shown as %j', (text, shown) => {
  expect(safeText(text)).toBe(shown);
});

test('a URL is shown without user and query', () => {
  expect(safeUrl(new URL('https://u:p@h.corp/v2/x?sig=1#f'))).toBe('https://h.corp/v2/x');
});

test.each([
  ['30', 30],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s is %s s', (value, seconds) => {
  expect(readRetryAfter(value, 0)).toBe(seconds);
});
