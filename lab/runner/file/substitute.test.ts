import { expect, test } from 'vitest';
import { substitute, UnknownVariableError } from './substitute.ts';

const variables = {
  plain: { ns: 's-web' },
  digest: (id: string, platform?: string) => (id === 'web' ? `sha256:${platform ?? 'index'}` : undefined),
  uid: (object: string) => (object === 'Shop/web' ? 'u-1' : undefined),
};

test('replaces in values, keys and lists, and leaves other types alone', () => {
  const value = {
    '${ns}/a': ['${ns}', 1, null, true],
    image: 'web@${digest:web}',
    arm: '${digest:web:linux/arm64}',
  };
  expect(substitute(value, variables)).toEqual({
    's-web/a': ['s-web', 1, null, true],
    image: 'web@sha256:index',
    arm: 'sha256:linux/arm64',
  });
  expect(substitute('${uid:Shop/web}', variables)).toBe('u-1');
});

test('a doubled dollar is a dollar', () => {
  expect(substitute('echo $${ns} $HOME', variables)).toBe('echo ${ns} $HOME');
});

test.each(['${what}', '${digest:other}', '${uid:Shop/other}', '${constructor}'])('%s is an error', (text) => {
  expect(() => substitute(text, variables)).toThrow(UnknownVariableError);
});
