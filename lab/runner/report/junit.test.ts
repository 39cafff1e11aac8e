import { expect, test } from 'vitest';
import { junit, lastLine, summarize } from './index.ts';

const report = summarize(
  [
    {
      name: 'b',
      about: '',
      result: 'passed',
      seconds: 2,
      seen: [{ check: 'ready', ok: true, seen: '1 of 1' }],
    },
    {
      name: 'a',
      about: '',
      result: 'failed',
      seconds: 1,
      seen: [{ check: 'exit <0>', ok: false, seen: '"3"\u001b' }],
    },
    { name: 'c', about: '', result: 'skipped', seconds: 0, seen: [] },
  ],
  3,
);

test('says how many passed, failed and were skipped', () => {
  expect(lastLine(report)).toBe('1 passed, 1 failed, 1 skipped');
  expect(report.scenarios.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
});

test('JUnit XML holds every check and no character that XML forbids', () => {
  const xml = junit(report);
  expect(xml).toContain('<testsuite name="lab scenarios" tests="3" failures="1" skipped="1" time="3.0">');
  expect(xml).toContain('<failure>exit &lt;0&gt;\n  seen: &quot;3&quot;\ufffd</failure>');
  expect(xml).toContain('ok ready: 1 of 1');
  expect(xml).toContain('<skipped/>');
});
