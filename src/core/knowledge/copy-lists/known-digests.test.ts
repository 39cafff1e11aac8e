import { describe, expect, test } from 'vitest';
import { parseKnownDigests } from './known-digests.ts';

const a = `sha256:${'a'.repeat(64)}`;
const b = `sha256:${'b'.repeat(64)}`;

describe('known digests', () => {
  test('by the normal form of the name, several of one image too', () => {
    const text = `# of monday\r\nnginx:1.25@${a}\r\n\r\ndocker.io/library/nginx:1.25@${b}\nquay.io/acme/app@${a}\n`;
    expect(parseKnownDigests(text, 'known.txt')).toEqual({
      'docker.io/library/nginx:1.25': [a, b],
      'quay.io/acme/app:latest': [a],
    });
  });

  test.each(['nginx:1.25', 'nginx@sha256:short', 'two words'])('%s is refused with its line', (line) => {
    expect(() => parseKnownDigests(`nginx:1@${a}\n${line}\n`, 'known.txt')).toThrow(/line 2/);
  });
});
