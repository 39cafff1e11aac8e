import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labPaths } from './paths.ts';
import { API_SERVICE_ADDRESS, CONTROL_PLANE_ADDRESS, NODES } from './topology.ts';

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;
/** Far longer than any lab runs. */
const VALID_DAYS = 365;

/** Debian's bundle of the CAs that the machine trusts. */
const SYSTEM_CAS = '/etc/ssl/certs/ca-certificates.crt';

type Authority = { readonly name: string; readonly keys: webcrypto.CryptoKeyPair };

type Subject = {
  readonly commonName: string;
  readonly organization?: string;
  readonly addresses?: readonly string[];
  readonly names?: readonly string[];
};

/**
 * Makes every key and certificate of the cluster, and the CA of the registries, as
 * `pki/NAME.crt` and `pki/NAME.key` (PEM, PKCS #8).
 * Users and groups are those that RBAC knows: https://kubernetes.io/docs/setup/best-practices/certificates/
 */
export async function createPki(): Promise<void> {
  mkdirSync(labPaths().pkiDir, { recursive: true, mode: 0o700 });
  const cluster = await createAuthority('ca', 'pullmend lab cluster');
  await createAuthority('registry-ca', 'pullmend lab registries');
  await Promise.all([
    issue(cluster, 'kube-apiserver', {
      commonName: 'kube-apiserver',
      addresses: [CONTROL_PLANE_ADDRESS, API_SERVICE_ADDRESS],
      names: ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
    }),
    issue(cluster, 'admin', { commonName: 'admin', organization: 'system:masters' }),
    issue(cluster, 'kubelet-client', {
      commonName: 'kube-apiserver-kubelet-client',
      organization: 'system:masters',
    }),
    issue(cluster, 'controller-manager', { commonName: 'system:kube-controller-manager' }),
    issue(cluster, 'scheduler', { commonName: 'system:kube-scheduler' }),
    ...NODES.map(({ name, address }) =>
      issue(cluster, name, {
        commonName: `system:node:${name}`,
        organization: 'system:nodes',
        addresses: [address],
        names: [name],
      }),
    ),
  ]);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: KEY.namedCurve });
  writeKey('service-account.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  writePem('service-account.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString());
}

/** The machine's own CAs and the registries' CA in one PEM file's text. */
export function trustedCas(): string {
  let system = '';
  try {
    system = readFileSync(SYSTEM_CAS, 'utf8');
  } catch {
    // No ca-certificates package: the lab needs no public CA.
  }
  return `${system}\n${readFileSync(labPaths().registryCa, 'utf8')}`;
}

export function pkiFile(name: string): string {
  return join(labPaths().pkiDir, name);
}

async function createAuthority(file: string, commonName: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  await writePair(file, certificate, keys.privateKey);
  return { name: certificate.subject, keys };
}

async function issue(authority: Authority, file: string, subject: Subject): Promise<void> {
  const { commonName, organization, addresses = [], names = [] } = subject;
  const keys = await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const alternatives = [
    ...addresses.map((value) => ({ type: 'ip' as const, value })),
    ...names.map((value) => ({ type: 'dns' as const, value })),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [...(organization === undefined ? [] : [{ O: [organization] }]), { CN: [commonName] }],
    issuer: authority.name,
    ...validity(),
    signingAlgorithm: SIGNING,
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.clientAuth,
        x509.ExtendedKeyUsage.serverAuth,
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
      ...(alternatives.length > 0 ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
    ],
  });
  await writePair(file, certificate, keys.privateKey);
}

async function writePair(
  file: string,
  certificate: x509.X509Certificate,
  privateKey: webcrypto.CryptoKey,
): Promise<void> {
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  writePem(`${file}.crt`, `${certificate.toString('pem')}\n`);
  writeKey(`${file}.key`, `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`);
}

function writePem(name: string, text: string): void {
  writeFileSync(pkiFile(name), text);
}

function writeKey(name: string, text: string): void {
  writeFileSync(pkiFile(name), text, { mode: 0o600 });
}

function serialNumber(): string {
  // The first bit stays 0: serial numbers are positive (RFC 5280, 4.1.2.2).
  return `01${randomBytes(15).toString('hex')}`;
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + VALID_DAYS * DAY_MS) };
}
