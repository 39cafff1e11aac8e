import { describe, expect, test } from 'vitest';
import { runIn } from '../testing/world.ts';

describe('prevent', () => {
  test('shows what it would do, asks, and says how it ended', async () => {
    const { out, code } = await runIn({ terminal: true, answers: ['y'] }, 'prevent');
    expect(out).toContain('docker.io/library/web:1 → harbor.lab/p/library/web:1  (2)');
    expect(out).toContain('pull secret pullmend-p');
    expect(out).toContain('proved by dry run');
    expect(out).toContain('pullmend prevent --remove');
    expect(code).toBe(0);
  });

  test('a no changes nothing', async () => {
    const { out, code } = await runIn({ terminal: true, answers: ['n'] }, 'prevent');
    expect(out).toContain('nothing was changed');
    expect(code).not.toBe(0);
  });

  test('nobody to ask', async () => {
    const { err } = await runIn({}, 'prevent');
    expect(err).toContain('PM_NEEDS_YES');
  });

  test('one document, also of the removal', async () => {
    const { out } = await runIn({}, 'prevent', '--dry-run', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'PreventionReport', outcome: 'dry-run' });
    const removed = await runIn({}, 'prevent', '--remove', '--yes', '-o', 'json');
    expect(JSON.parse(removed.out)).toMatchObject({ kind: 'PreventionReport', outcome: 'removed' });
  });

  test('a namespace that cannot be one is refused', async () => {
    const { err, code } = await runIn({}, 'prevent', '--exclude-namespace', 'Not/One');
    expect(err).toContain('--exclude-namespace');
    expect(code).toBe(2);
  });
});
