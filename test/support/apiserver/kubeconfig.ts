import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a kubeconfig with one context for a stub into a folder, and returns its path. */
export async function writeKubeconfig(
  folder: string,
  server: { readonly url: string },
  options: {
    readonly context?: string;
    readonly namespace?: string;
    readonly token?: string;
    /** PEM of the authority, for a stub with TLS. */
    readonly ca?: string;
    /** The name to look for in its certificate. */
    readonly tlsServerName?: string;
  } = {},
): Promise<string> {
  const { context = 'stub', namespace, token, ca, tlsServerName } = options;
  const file = join(folder, 'kubeconfig');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    contexts: [{ name: context, context: { cluster: context, user: 'tester', namespace } }],
    clusters: [
      {
        name: context,
        cluster: {
          server: server.url,
          'tls-server-name': tlsServerName,
          'certificate-authority-data': ca === undefined ? undefined : Buffer.from(ca).toString('base64'),
        },
      },
    ],
    users: [{ name: 'tester', user: { token } }],
  };
  await writeFile(file, JSON.stringify(config, undefined, 2), { mode: 0o600 });
  return file;
}
