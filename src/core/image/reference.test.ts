import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isError } from '../base/index.ts';
import {
  apiHost,
  formatReference,
  nameFault,
  parseReference,
  repositoryName,
  tryParseReference,
} from './index.ts';

const hex = 'a'.repeat(64);

describe('parseReference', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.25', 'docker.io/library/nginx:1.25'],
    ['acme/app', 'docker.io/acme/app:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/acme/app:v1', 'docker.io/acme/app:v1'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/a/b:t', 'localhost:5000/a/b:t'],
    ['host:5000', 'docker.io/library/host:5000'],
    ['[::1]:5000/app:v1', '[::1]:5000/app:v1'],
    ['quay.io/a/b__c/d-e--f:v1.0_x', 'quay.io/a/b__c/d-e--f:v1.0_x'],
    ['registry.k8s.io/pause:3.9', 'registry.k8s.io/pause:3.9'],
    ['ACME/app:v1', 'ACME/app:v1'],
    [`nginx@sha256:${hex}`, `docker.io/library/nginx@sha256:${hex}`],
    [`quay.io/a/b:v1@sha256:${hex}`, `quay.io/a/b:v1@sha256:${hex}`],
  ])('%s is %s', (text, full) => {
    expect(formatReference(parseReference(text))).toBe(full);
  });

  test.each([
    ['', 'empty'],
    ['ngi nx', 'blank'],
    ['nginx:1\n', 'blank'],
    ['https://docker.io/nginx', 'scheme'],
    ['docker://nginx', 'scheme'],
    ['nginx:${TAG}', 'unrendered'],
    ['{{ .Values.image }}', 'unrendered'],
    ['nginx:$(TAG)', 'unrendered'],
    ['Nginx', 'upper-case'],
    ['quay.io/Acme/app', 'upper-case'],
    ['quay.io/a//b', 'empty-part'],
    ['/kubesphere/ks-core', 'empty-part'],
    ['quay.io/', 'empty-part'],
    ['nginx:', 'tag'],
    ['nginx:-x', 'tag'],
    [`nginx:${'x'.repeat(129)}`, 'tag'],
    ['nginx@', 'digest'],
    ['nginx@sha256:abc', 'digest'],
    [`nginx@sha256:${hex.toUpperCase()}`, 'digest'],
    [`nginx@md5:${'a'.repeat(32)}`, 'digest'],
    [hex, 'hex-id'],
    ['-x.io/app', 'host'],
    ['quay.io:port/app', 'host'],
    ['a_/b', 'path'],
    ['a/b:c/d', 'path'],
    [`quay.io/${'a'.repeat(256)}`, 'too-long'],
  ])('%j is refused: %s', (text, fault) => {
    expect(nameFault(text)).toBe(fault);
    expect(tryParseReference(text)).toBeUndefined();
  });

  test('says why in the error', () => {
    try {
      parseReference('https://quay.io/a');
      expect.unreachable();
    } catch (error) {
      expect(isError(error, 'PM_BAD_IMAGE_NAME') && error.message).toContain('scheme');
    }
  });

  test('never throws and is quick on hostile text', () => {
    expect(nameFault('a-'.repeat(100_000))).toBe('too-long');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void tryParseReference(text)));
  });
});

const part = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);
const host = fc.stringMatching(/^[a-z0-9]{1,6}(?:-[a-z0-9]{1,3})?\.[a-z]{2,4}(?::[0-9]{2,5})?$/);
const reference = fc.record(
  {
    registry: host,
    repository: fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,20}$/),
    digest: fc.stringMatching(/^sha256:[a-f0-9]{64}$/),
  },
  { requiredKeys: ['registry', 'repository'] },
);

describe('round trip', () => {
  test('what is written is read as it was', () => {
    fc.assert(
      fc.property(reference, (it) => {
        const expected = it.tag === undefined && it.digest === undefined ? { ...it, tag: 'latest' } : it;
        expect(parseReference(formatReference(it))).toEqual(expected);
      }),
    );
  });

  test('normal form is stable, also for short names', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const once = tryParseReference(parts.join('/'));
        fc.pre(once !== undefined);
        expect(formatReference(parseReference(formatReference(once)))).toBe(formatReference(once));
      }),
    );
  });
});

test('names of parts', () => {
  expect(repositoryName(parseReference('nginx'))).toBe('docker.io/library/nginx');
  expect(apiHost('docker.io')).toBe('registry-1.docker.io');
  expect(apiHost('quay.io')).toBe('quay.io');
});
