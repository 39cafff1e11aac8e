import { createPrivateKey, X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { PullmendError } from '../../../core/base/index.ts';
import { readRegular } from '../../files/index.ts';
import type { HostSettings } from '../options.ts';

/** All authorities that there are have some hundred kilobytes. */
const maxPemBytes = 4 * 1024 * 1024;

/** What a TLS connection trusts and shows, as `tls.connect` takes it; a part that is not set is the usual one. */
export type Certificates = { readonly ca?: string[]; readonly cert?: string; readonly key?: string };

/**
 * Reads the certificates of a host's settings: authorities beside the usual ones, and the client's own pair.
 * Throws PM_TLS_FILE_UNREADABLE for a file that is absent, holds something else, or does not go with the other.
 */
export async function certificatesOf(settings: HostSettings): Promise<Certificates> {
  const ca = await authorities(settings);
  const own = await clientPair(settings);
  return { ...(ca !== undefined && { ca }), ...own };
}

/** The usual authorities and those of the settings; `undefined` for the usual ones alone. */
async function authorities({ ca, caFile }: HostSettings): Promise<string[] | undefined> {
  if (ca === undefined && caFile === undefined) return undefined;
  const fromFile = caFile === undefined ? [] : [await readPem(caFile, isCertificate)];
  return [...rootCertificates, ...(ca === undefined ? [] : [ca]), ...fromFile];
}

async function clientPair({ clientCertFile, clientKeyFile }: HostSettings): Promise<Certificates> {
  if (clientCertFile === undefined || clientKeyFile === undefined) return {};
  const cert = await readPem(clientCertFile, isCertificate);
  const key = await readPem(clientKeyFile, (pem) => {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(pem)))
      throw new Error(`it is not the key of ${clientCertFile}`);
  });
  return { cert, key };
}

function isCertificate(pem: string): void {
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no PEM certificate');
  void new X509Certificate(pem);
}

async function readPem(file: string, check: (pem: string) => void): Promise<string> {
  try {
    const pem = (await readRegular(file, maxPemBytes)).toString('utf8');
    check(pem);
    return pem;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PullmendError('PM_TLS_FILE_UNREADABLE', { file, reason }, { cause: error });
  }
}
