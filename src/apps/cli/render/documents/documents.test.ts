import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PullmendError } from '../../../../core/base/index.ts';
import * as shop from '../../testing/shop.ts';
import { runIn } from '../../testing/world.ts';

const kinds = [
  ['diagnose', 'DiagnosisReport'],
  ['plan', 'RepairPlan'],
  ['fix --yes', 'FixReport'],
  ['undo --yes', 'UndoReport'],
  ['undo --list', 'RunList'],
  ['find busybox', 'SupplyReport'],
  ['mirrors list', 'MirrorReport'],
  ['mirrors check', 'MirrorReport'],
  ['version', 'Version'],
] as const;

describe('stdout is one document, and nothing else', () => {
  test.each(kinds)('%s → %s', async (line, kind) => {
    const json = await runIn({ terminal: true }, ...line.split(' '), '-o', 'json');
    const yaml = await runIn({ terminal: true }, ...line.split(' '), '-o', 'yaml');
    expect(json.err + yaml.err).toBe('');
    expect(JSON.parse(json.out)).toMatchObject({ apiVersion: 'pullmend.dev/v1alpha1', kind });
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out));
  });
});

test('the plan on stdout is the plan that apply takes', async () => {
  const { out } = await runIn({}, 'plan', '-o', 'json');
  expect(JSON.parse(out)).toEqual(shop.plan);
});

test('a fix report says what happened to each step', async () => {
  const error = new PullmendError('PM_FORBIDDEN', { verb: 'patch', resource: 'deployments.apps' });
  const { out, code } = await runIn({ results: { s1: error, s2: 'failing' } }, 'fix', '--yes', '-o', 'json');
  expect(code).toBe(5);
  expect(JSON.parse(out)).toMatchObject({
    outcome: 'applied',
    run: 'r-7f3a21',
    summary: { images: 3, pods: 8, podsLeft: 3, proved: 0, expected: 2 },
    verdicts: [{ step: 's2', result: 'failing', detail: 'CrashLoopBackOff' }],
    errors: { s1: { kind: 'Error', code: 'PM_FORBIDDEN', exitCode: 4 } },
    rolledBack: ['s2'],
    leftOut: [],
  });
});

test('quiet changes nothing of a document', async () => {
  const [full, quiet] = await Promise.all([
    runIn({}, 'diagnose', '-o', 'json'),
    runIn({}, 'diagnose', '-o', 'json', '-q'),
  ]);
  expect(quiet.out).toBe(full.out);
});
