import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';

/** What a TLS listener needs, PEM. */
export type KeyPair = { readonly cert: string; readonly key: string };

export type Validity = { readonly notBefore: Date; readonly notAfter: Date };

/** A certificate authority that issues certificates for names. */
export type Authority = {
  /** Its own certificate, PEM. */
  readonly certificate: string;
  /** A certificate for one DNS name or IP address, for servers and clients, valid now unless told otherwise. */
  issue(name: string, validity?: Validity): Promise<KeyPair>;
};

const DAY_MS = 86_400_000;
const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Reads a certificate authority from PEM files' text; RSA or P-256. */
export async function loadAuthority(certificate: string, privateKey: string): Promise<Authority> {
  const key = createPrivateKey(privateKey);
  const algorithm = key.asymmetricKeyType === 'rsa' ? RSA : EC;
  const der = key.export({ type: 'pkcs8', format: 'der' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, true, ['sign']);
  return authority(new x509.X509Certificate(certificate), signingKey, algorithm);
}

/** Makes a new certificate authority, for a host whose certificates nobody trusts, and for tests. */
export async function createAuthority(commonName: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validFor(365),
    signingAlgorithm: EC,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return authority(certificate, keys.privateKey, EC);
}

/** A time span that ended yesterday. */
export function expiredValidity(): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - 30 * DAY_MS), notAfter: new Date(now - DAY_MS) };
}

function authority(
  certificate: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
  signingAlgorithm: typeof EC | typeof RSA,
): Authority {
  async function issue(name: string, validity: Validity = validFor(365)): Promise<KeyPair> {
    const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
    const leaf = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: [{ CN: [name] }],
      // The name as it is encoded in the certificate: Go compares the bytes.
      issuer: certificate.subjectName,
      ...validity,
      signingAlgorithm,
      signingKey,
      publicKey: keys.publicKey,
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.serverAuth,
          x509.ExtendedKeyUsage.clientAuth,
        ]),
        new x509.SubjectAlternativeNameExtension([{ type: isIP(name) === 0 ? 'dns' : 'ip', value: name }]),
        await x509.AuthorityKeyIdentifierExtension.create(certificate),
      ],
    });
    const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { cert: `${leaf.toString('pem')}\n`, key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
  }
  return { certificate: certificate.toString('pem'), issue };
}

function validFor(days: number): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + days * DAY_MS) };
}

/** Positive, so the first bit is 0 (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  return `01${randomBytes(15).toString('hex')}`;
}
