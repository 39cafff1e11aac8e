import { describe, expect, test } from 'vitest';
import { bounded, clause, mirrorCauses, splitAggregate, unescapeText } from './normalise.ts';
import { statusOf } from './status.ts';

describe('normalise', () => {
  test('undoes the quoting of logs', () => {
    expect(unescapeText(String.raw`err=\"desc = \\\"x\\\": EOF\" \u003chtml\u003e`)).toBe(
      'err="desc = "x": EOF" <html>',
    );
  });

  test('keeps head and tail of a long text', () => {
    const text = bounded(`head ${'x'.repeat(50_000)} tail`);
    expect(text.length).toBeLessThan(17_000);
    expect(text.startsWith('head ') && text.endsWith(' tail')).toBe(true);
  });

  test('drops terminal colours and control characters', () => {
    expect(bounded('\u001B[31mError\u001B[0m:\u0000 EOF')).toBe('Error:  EOF');
  });

  test('splits credentials, registries and images from artifacts', () => {
    const one = 'rpc error: code = Unknown desc = a';
    expect(splitAggregate(`Failed to pull image "x": [${one}, ${one}]`)).toEqual([one, one]);
    expect(splitAggregate('unexpected status code [manifests 1]: 401 Unauthorized')).toHaveLength(1);
    expect(
      splitAggregate(
        '2 errors occurred while pulling:\n * initializing source docker://a: x\n * initializing source docker://b: y',
      ),
    ).toEqual(['initializing source docker://a: x', 'initializing source docker://b: y']);
    expect(splitAggregate('pull image err: A; artifact err: B')).toEqual(['A']);
    expect(splitAggregate('(Mirrors also failed: [m/a:1: E1]\n[n/a:1: E2]): a:1: E3')).toEqual(['a:1: E3']);
    expect(mirrorCauses('(Mirrors also failed: [m/a:1: E1]\n[n/a:1: E2]): a:1: E3')).toEqual([
      'm/a:1: E1',
      'n/a:1: E2',
    ]);
  });

  test('masks names', () => {
    expect(clause('Head "https://h.test/v2/eof": reading manifest 1 in h.test/eof: EOF').text).toBe(
      'Head "<url>": reading manifest 1 in <image>: EOF',
    );
    expect(clause('Get https://h.test/v2/: EOF').text).toBe('Get <url>: EOF');
  });
});

describe('statusOf', () => {
  test.each([
    ['unexpected status from HEAD request to <url>: 403 Forbidden', 403],
    ['pulling from host h failed with status code [manifests 1.25]: 401 Unauthorized', 401],
    ['unexpected status code <url>: 429 Too Many Requests - Server message: x', 429],
    ['received unexpected HTTP status: 502 Bad Gateway', 502],
    ['error parsing HTTP 404 response body: x', 404],
    ['invalid status code from registry 403 (Forbidden)', 403],
    ['StatusCode: 404, "<html>..."', 404],
    ['Status 403 trying to pull repository', 403],
    ['exit status 255', undefined],
    ['dial tcp 10.0.0.1:443: i/o timeout', undefined],
    ['failed size validation: 500 != 404', undefined],
  ])('%s', (text, status) => {
    expect(statusOf(text)).toBe(status);
  });
});
