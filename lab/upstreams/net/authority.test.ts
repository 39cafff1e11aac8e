import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { X509Certificate } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAuthority, expiredValidity, loadAuthority } from './authority.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'authority-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Made by another program, so that nothing of our own encoding is taken for granted. */
const OPENSSL = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;

test.skipIf(!OPENSSL).each([
  ['RSA', ['rsa:2048']],
  ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
])('an authority that openssl made with %s', async (_, keyOptions) => {
  const [certFile, keyFile] = [join(folder, 'ca.crt'), join(folder, 'ca.key')];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      ...keyOptions,
      '-nodes',
      '-subj',
      '/O=lab/CN=ca',
      '-days',
      '2',
      '-keyout',
      keyFile,
      '-out',
      certFile,
    ],
    { stdio: 'ignore' },
  );
  const authority = await loadAuthority(readFileSync(certFile, 'utf8'), readFileSync(keyFile, 'utf8'));
  const leaf = new X509Certificate((await authority.issue('quay.io')).cert);
  const issuer = new X509Certificate(authority.certificate);
  expect(leaf.checkIssued(issuer)).toBe(true);
  expect(leaf.verify(issuer.publicKey)).toBe(true);
  expect(leaf.checkHost('quay.io')).toBe('quay.io');
  expect(issuerName(leaf)).toEqual(subjectName(issuer));
});

/** The encoded names: Go's verifier wants them equal byte for byte. */
function issuerName(certificate: X509Certificate): Uint8Array {
  return new Uint8Array(new x509.X509Certificate(certificate.raw).issuerName.toArrayBuffer());
}

function subjectName(certificate: X509Certificate): Uint8Array {
  return new Uint8Array(new x509.X509Certificate(certificate.raw).subjectName.toArrayBuffer());
}

test('a certificate that has expired', async () => {
  const authority = await createAuthority('test');
  const leaf = new X509Certificate((await authority.issue('quay.io', expiredValidity())).cert);
  expect(leaf.validToDate.getTime()).toBeLessThan(Date.now());
});
