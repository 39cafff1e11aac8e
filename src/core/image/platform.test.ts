import { describe, expect, test } from 'vitest';
import { formatPlatform, missingPlatforms, parsePlatform, platformMatches } from './index.ts';

describe('platforms', () => {
  test.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/7', 'linux/arm/v7'],
    ['linux/armel', 'linux/arm/v6'],
    ['Linux/AMD64/v2', 'linux/amd64/v2'],
  ])('%s is %s', (text, normal) => {
    const platform = parsePlatform(text);
    expect(platform && formatPlatform(platform)).toBe(normal);
  });

  test.each(['linux', '', 'linux/', 'a/b/c/d', 'linux/amd64/'])('%j is none', (text) => {
    expect(parsePlatform(text)).toBeUndefined();
  });

  test.each([
    ['linux/amd64', 'linux/amd64', true],
    ['linux/amd64', 'linux/arm64', false],
    ['linux/amd64', 'windows/amd64', false],
    ['linux/arm64', 'linux/arm64/v8', true],
    ['linux/arm64/v8', 'linux/arm64', true],
    ['linux/arm64', 'linux/arm/v7', false],
    ['linux/arm/v7', 'linux/arm/v6', true],
    ['linux/arm/v6', 'linux/arm/v7', false],
    ['linux/amd64', 'linux/amd64/v3', false],
    ['linux/amd64/v3', 'linux/amd64', true],
  ])('a node of %s runs %s: %s', (node, image, answer) => {
    expect(platformMatches(node, image)).toBe(answer);
  });

  test('names what is missing', () => {
    expect(missingPlatforms(['linux/amd64', 'linux/arm64'], ['linux/amd64', 'linux/arm/v7'])).toEqual([
      'linux/arm64',
    ]);
    expect(missingPlatforms([], [])).toEqual([]);
  });
});
