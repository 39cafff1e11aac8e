import { expect, test } from 'vitest';
import { readRenderedYaml } from './rendered-yaml.ts';

test('an escape that YAML does not know, in what Helm rendered', () => {
  expect(readRenderedYaml(`a: "it\\'s"\nb: 1\n`, 'x')).toMatchObject([{ b: 1 }]);
});

test('aliases that would fill the memory', () => {
  const levels = 'bcdefghi'
    .split('')
    .map((name, at) => `${name}: &${name} [${`*${'abcdefghi'[at]},`.repeat(9)}]`);
  const bomb = `a: &a [${'x,'.repeat(9)}]\n${levels.join('\n')}\n`;
  expect(() => readRenderedYaml(bomb, 'x')).toThrow(/x:/);
});
