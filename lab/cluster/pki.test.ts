import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createPki, pkiFile } from './pki.ts';

let dir = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pki-'));
  vi.stubEnv('PULLMEND_LAB_DIR', dir);
  await createPki();
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

function certificate(name: string): X509Certificate {
  return new X509Certificate(readFileSync(pkiFile(`${name}.crt`)));
}

test('users and groups are those that RBAC and the Node authorizer know', () => {
  expect(certificate('admin').subject).toBe('O=system:masters\nCN=admin');
  expect(certificate('node2').subject).toBe('O=system:nodes\nCN=system:node:node2');
  expect(certificate('scheduler').subject).toBe('CN=system:kube-scheduler');
});

test('the cluster CA signs all of them, the registries have a CA of their own', () => {
  const ca = certificate('ca');
  for (const name of [
    'kube-apiserver',
    'admin',
    'kubelet-client',
    'controller-manager',
    'scheduler',
    'node1',
  ]) {
    expect(certificate(name).checkIssued(ca) && certificate(name).verify(ca.publicKey)).toBe(true);
  }
  const registries = certificate('registry-ca');
  expect(registries.ca).toBe(true);
  expect(registries.verify(ca.publicKey)).toBe(false);
});

test('servers are valid for their addresses', () => {
  expect(certificate('kube-apiserver').checkIP('10.89.0.1')).toBe('10.89.0.1');
  expect(certificate('kube-apiserver').checkHost('kubernetes.default.svc')).toBe('kubernetes.default.svc');
  expect(certificate('node1').checkIP('10.89.0.11')).toBe('10.89.0.11');
});

test('nobody else reads the keys', () => {
  expect(statSync(pkiFile('registry-ca.key')).mode & 0o077).toBe(0);
});
