import { afterEach, expect, test, vi } from 'vitest';
import { labPaths, stateDir } from './paths.ts';

afterEach(() => vi.unstubAllEnvs());

test('everything lies below the folder that the variable names', () => {
  vi.stubEnv('PULLMEND_LAB_DIR', '/srv/lab');
  expect(Object.values(labPaths()).every((path) => path.startsWith('/srv/lab/run'))).toBe(true);
});

test.each(['lab', '/srv/my lab', '/srv/a:b', '/run/lab', '/etc', `/srv/${'x'.repeat(80)}`])(
  'refuses %s',
  (dir) => {
    vi.stubEnv('PULLMEND_LAB_DIR', dir);
    expect(stateDir).toThrow('PULLMEND_LAB_DIR cannot be');
  },
);
