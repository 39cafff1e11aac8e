import { describe, expect, test } from 'vitest';
import { parseAddressRange } from './addresses.ts';

describe('parseAddressRange', () => {
  test('both ends are in it', () => {
    expect(parseAddressRange('10.89.0.9-10.89.0.11')).toEqual(['10.89.0.9', '10.89.0.10', '10.89.0.11']);
    expect(parseAddressRange('10.89.0.9-10.89.0.9')).toEqual(['10.89.0.9']);
  });
  test.each(['10.89.0.9', '10.89.0.9-10.89.1.10', '10.89.0.9-10.89.0.8', '10.89.0.9-10.89.0.255', ''])(
    '%s is none',
    (text) => {
      expect(() => parseAddressRange(text)).toThrow('not a range');
    },
  );
});
