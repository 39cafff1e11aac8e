import { describe, expect, test } from 'vitest';
import { redact, redactAll } from './index.ts';

describe('redact', () => {
  test.each([
    ['Get "https://bob:s3cr3t@reg.test/v2/": EOF', 's3cr3t'],
    ['Get "https://bob:p@ss@reg.test/v2/": EOF', 'p@ss'],
    ['proxyconnect via http://corp\\bob:s3cr3t@proxy:3128', 's3cr3t'],
    ['Authorization: Basic Ym9iOnMzY3IzdA==', 'Ym9iOnMzY3IzdA'],
    ['headers map[Authorization:[Bearer abc.def-ghi_jkl]]', 'abc.def'],
    ['sent "Authorization":"Bearer abcdefghij"', 'abcdefghij'],
    ['using bearer abcdefghijklmnop for it', 'abcdefghijklmnop'],
    ['https://s3.test/b?X-Amz-Credential=AKID%2F1&X-Amz-Signature=deadbeef&x=1', 'deadbeef'],
    ['https://cdn.test/data?verify=1700000000-abc%3D', '1700000000-abc'],
    ['https://a.blob.core.windows.net/x?se=2024&sig=Zm9v%3D&sp=r', 'Zm9v'],
    ['{"auths":{"reg.test":{"auth":"Ym9iOnMzY3IzdA==","password":"hunter2"}}}', 'hunter2'],
    ['err="{\\"token\\":\\"opaque-token\\"}"', 'opaque-token'],
    ['docker login -u bob --password hunter2 reg.test', 'hunter2'],
    ['token eyJhbGciOi.eyJzdWIiOi.sig-nature_1 refused', 'sig-nature_1'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123 and glpat-abcdefghijklmnop1234', 'abcdefghijklmnop'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
  ])('hides the secret of %s', (text, secret) => {
    expect(redact(text)).not.toContain(secret);
    expect(redact(text)).toContain('***');
  });

  test('leaves what is no secret', () => {
    const texts = [
      'initializing source docker://redis@sha256:0123: reading manifest',
      'failed to authorize: failed to fetch anonymous token: 403 Forbidden',
      'https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io',
      'no basic auth credentials',
      'may require authorization: server message: insufficient_scope: authorization failed',
      'unauthorized: incorrect username or password',
      'username or password incorrect',
      'dial tcp: lookup registry-1.docker.io on 10.0.0.2:53: no such host',
    ];
    for (const text of texts) expect(redact(text)).toBe(text);
  });

  test('is idempotent', () => {
    const text = 'Get "https://bob:pw@reg.test/v2/?sig=1": Authorization: Bearer abcdefghij';
    expect(redact(redact(text))).toBe(redact(text));
  });

  test('takes long hostile text', () => {
    const pieces = [
      '://',
      '://a@',
      'eyJ',
      'eyJ.',
      '?sig=',
      '"auth":"',
      'Bearer ',
      '-----BEGIN PRIVATE KEY-----',
      'password ',
      '@',
      'authorization:',
    ];
    for (const piece of pieces) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      expect(typeof redact(text)).toBe('string');
    }
  });
});

describe('what a hostile message holds', () => {
  const secret = 'Zk9-hunter2';
  const rows: readonly string[] = [
    `pull bob:${secret}@reg.test/app:1 failed`,
    `image "bob:${secret}@reg.test:5000/team/app:1" failed`,
    `bob:${secret}@[fd00::1]:5000/app`,
    `https://bob:${secret}@reg.test/v2/`,
    `https://:${secret}@reg.test/v2/`,
    `Authorization: Basic ${secret}`,
    `authorization: bearer ${secret}`,
    `"Authorization": ["Bearer ${secret}"]`,
    `Bearer ${secret}`,
    `GET https://s3.test/x?X-Amz-Signature=${secret} 403`,
    `GET https://s3.test/x?a=1&x-amz-security-token=${secret}`,
    `https://a.test/x?sig=${secret}`,
    `https://a.test/x?sv=1&sig%3D${secret}`,
    `https://a.test/x?Signature=${secret}&Expires=1`,
    `https://a.test/x?token=${secret}`,
    `token=${secret}`,
    `password: ${secret}`,
    `password: "${secret}"`,
    `"password": "${secret}"`,
    `spec.password: '${secret}'`,
    `passwd=${secret}`,
    `--docker-password=${secret}`,
    `{"identitytoken":"${secret}"}`,
    `{\\"auth\\":\\"${secret}\\"}`,
    `Set-Cookie: session=${secret}-long`,
  ];
  test.each(rows)('%s', (text) => {
    expect(redact(text)).not.toContain(secret);
    expect(redactAll({ a: [{ b: text }], at: new Error(text).name })).not.toMatchObject({ a: [{ b: text }] });
    expect(redact(redact(text))).toBe(redact(text));
  });

  test.each([
    'nginx:1.25@sha256:0123',
    'docker.io/library/nginx:1.25@sha256:0123',
    'git@github.com:acme/app.git',
    'write to bob@example.com: it is full',
    'password: ',
    'incorrect username or password: access denied',
    'the password: see the manual',
    'registry.k8s.io:443/pause:3.10',
    'basic auth is off',
    '10:20:30 user@host',
  ])('%s stays', (text) => {
    expect(redact(text)).toBe(text);
  });
});
