import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { pkiFile } from './pki.ts';
import { API_URL } from './topology.ts';

/** A kubeconfig for one of the certificates in `pki/`, complete in itself. */
export function kubeconfigFor(certificate: string): string {
  const base64 = (name: string): string => readFileSync(pkiFile(name)).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'pullmend-lab', cluster: { server: API_URL, 'certificate-authority-data': base64('ca.crt') } },
    ],
    users: [
      {
        name: certificate,
        user: {
          'client-certificate-data': base64(`${certificate}.crt`),
          'client-key-data': base64(`${certificate}.key`),
        },
      },
    ],
    contexts: [{ name: 'pullmend-lab', context: { cluster: 'pullmend-lab', user: certificate } }],
    'current-context': 'pullmend-lab',
  });
}
