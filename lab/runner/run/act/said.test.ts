import { expect, test } from 'vitest';
import type { Check, Context } from '../context.ts';
import { checkTexts, keepReport } from './said.ts';

/** Of a scenario only what the checks need. */
function context(): Context & { readonly checks: Check[] } {
  return { checks: [], say: () => {}, report: undefined } as unknown as Context;
}

const SAID = { stdout: 'denied request: every\n       Job names its team\n', stderr: 'PM_API_ERROR' };

test.each([
  [{ says: ['every Job names', 'PM_[A-Z_]+'] }, [true, true]],
  [{ says: ['every pod'] }, [false]],
  [{ stdout: ['^denied', 'PM_'] }, [true, false]],
  [{ mustNotSay: ['names its team', 'proved'] }, [false, true]],
])('%j', (wanted, expected) => {
  const seen = context();
  checkTexts(seen, 'pullmend fix', SAID, wanted);
  expect(seen.checks.map(({ ok }) => ok)).toEqual(expected);
});

test('an error alone is a report too, text is none', () => {
  const seen = context();
  keepReport(seen, { stdout: '', stderr: '{"code":"PM_X"}' });
  expect(seen.report).toEqual({ code: 'PM_X' });
  keepReport(seen, { stdout: 'done', stderr: '' });
  expect([seen.report, seen.checks.length]).toEqual([undefined, 1]);
});
