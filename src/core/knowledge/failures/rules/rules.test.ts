import { describe, expect, test } from 'vitest';
import { failureClasses } from '../../../model/index.ts';
import { allRules } from '../index.ts';

describe('rules', () => {
  test('have names of their own, a source and a condition', () => {
    expect(new Set(allRules.map((rule) => rule.name)).size).toBe(allRules.length);
    for (const { name, seen, pattern, status, reason } of allRules) {
      expect(seen.length, name).toBeGreaterThan(10);
      expect(pattern ?? status ?? reason, name).toBeDefined();
    }
  });

  test('keep no state between texts and hold no unbounded gap', () => {
    for (const { name, pattern } of allRules) {
      expect(pattern?.flags ?? '', name).not.toMatch(/[gy]/);
      expect(pattern?.source ?? '', name).not.toMatch(/(?<!\\)\.[*+]/);
    }
  });

  test('lead to known classes', () => {
    for (const rule of allRules) {
      if (typeof rule.class === 'string') expect(failureClasses).toContain(rule.class);
    }
  });
});
