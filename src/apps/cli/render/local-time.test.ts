import { expect, test } from 'vitest';
import { localTime } from './local-time.ts';

test.each([
  [480, '2026-11-30 21:08:05 +08:00'],
  [-210, '2026-11-30 09:38:05 -03:30'],
  [0, '2026-11-30 13:08:05 +00:00'],
])('%s minutes', (offset, text) => {
  expect(localTime('2026-11-30T13:08:05.123Z', offset)).toBe(text);
});

test('what is no time stays as it is', () => {
  expect(localTime('yesterday')).toBe('yesterday');
});
