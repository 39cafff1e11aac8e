import { describe, expect, test } from 'vitest';
import { shortEvidence } from './evidence.ts';

describe('shortEvidence', () => {
  test('quotes that a log escaped are quotes', () => {
    expect(shortEvidence('failed to pull image \\"nginx:1.27\\": EOF', 80)).toBe(
      'failed to pull image "nginx:1.27": EOF',
    );
  });

  test('what clients put around the error goes first', () => {
    const text =
      'Failed to pull image "nginx:1.27": rpc error: code = Unknown desc = dial tcp 192.0.2.1:443: i/o timeout';
    expect(shortEvidence(text, 60)).toBe('… dial tcp 192.0.2.1:443: i/o timeout');
  });
});
