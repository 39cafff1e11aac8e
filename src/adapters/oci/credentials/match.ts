/** Docker Hub's names in credential files. */
const hubHosts: readonly string[] = [
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
];

/** The key under which `docker login` keeps Docker Hub. */
export const hubServer = 'https://index.docker.io/v1/';

type Key = { readonly host: string; readonly port: string; readonly path: string };

/**
 * The entry whose key fits an image best: host labels may be `*`, the path is a prefix by whole parts, and the
 * longest key wins. After the kubelet (pkg/credentialprovider/keyring.go), which docker's own rule is a part of.
 */
export function findEntry<T>(
  entries: Readonly<Record<string, T>>,
  registry: string,
  repository: string,
): T | undefined {
  const target = readKey(`${registry}/${repository}`);
  const fitting = Object.entries(entries).filter(([key]) => keyFits(readKey(key), target));
  return fitting.toSorted(([a], [b]) => readKey(b).path.length - readKey(a).path.length)[0]?.[1];
}

/** The name of a registry as credential helpers know it. */
export function serverOf(registry: string): string {
  return hubHosts.includes(registry) ? hubServer : registry;
}

function readKey(text: string): Key {
  const plain = text.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
  const slash = plain.indexOf('/');
  const authority = slash < 0 ? plain : plain.slice(0, slash);
  const path = (slash < 0 ? '' : plain.slice(slash + 1)).replace(/^v[12](?=$|\/)\/?/, '');
  const [, host = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(authority.toLowerCase()) ?? [];
  return { host: hubHosts.includes(host) ? 'docker.io' : host, port, path };
}

function keyFits(key: Key, target: Key): boolean {
  if (key.port !== target.port || key.host === '') return false;
  const labels = key.host.split('.');
  const wanted = target.host.split('.');
  const hostFits =
    labels.length === wanted.length && labels.every((label, n) => labelFits(label, wanted[n] ?? ''));
  return hostFits && (key.path === '' || `${target.path}/`.startsWith(`${key.path}/`));
}

/** `*` stands for any letters of one label. */
function labelFits(pattern: string, label: string): boolean {
  if (!pattern.includes('*')) return pattern === label;
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.at(-1) ?? '';
  return label.length >= start.length + end.length && label.startsWith(start) && label.endsWith(end);
}
