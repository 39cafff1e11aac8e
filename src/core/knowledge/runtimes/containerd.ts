import { apiHost, type Reference } from '../../image/index.ts';
import type { Json, JsonObject } from '../../model/index.ts';
import { asList, asObject, asText, dig, isObject } from '../pods/index.ts';
import { registryEndpoint, type NodeFile, type RuntimeEndpoint, type RuntimeRoute } from './endpoint.ts';
import { readToml } from './toml.ts';

/** What containerd's own configuration says about registries. */
export type ContainerdConfig = {
  readonly path: string;
  /** Folders with one folder for each registry (`config_path`). */
  readonly hostFolders: readonly string[];
  /** The old way, `registry.mirrors`: addresses by registry, `*` for the others. Not used beside `config_path`. */
  readonly mirrors: Readonly<Record<string, readonly string[]>>;
  /** `registry.configs.HOST.tls`, which belongs to the old way. */
  readonly tls: Readonly<Record<string, { readonly insecure: boolean; readonly caFile?: string }>>;
};

/** Where the settings of images are: configuration version 3, 2 and 1 (containerd docs/cri/config.md). */
const sections = ['io.containerd.cri.v1.images', 'io.containerd.grpc.v1.cri', 'cri'] as const;

/** Reads `config.toml`; undefined when it is no TOML. */
export function readContainerdConfig({ path, text }: NodeFile): ContainerdConfig | undefined {
  const root = readToml(text);
  if (root === undefined) return undefined;
  const registry =
    sections.map((name) => asObject(dig(root, 'plugins', name, 'registry'))).find(notEmpty) ?? {};
  const mirrors = Object.entries(asObject(registry.mirrors)).map(
    ([host, mirror]) => [host, texts(dig(mirror, 'endpoint'))] as const,
  );
  const tls = Object.entries(asObject(registry.configs)).map(([host, config]) => {
    const caFile = asText(dig(config, 'tls', 'ca_file'));
    const insecure = dig(config, 'tls', 'insecure_skip_verify') === true;
    return [host, { insecure, ...(caFile === undefined || caFile === '' ? {} : { caFile }) }] as const;
  });
  return {
    path,
    hostFolders: (asText(registry.config_path) ?? '').split(':').filter((folder) => folder !== ''),
    mirrors: Object.fromEntries(mirrors),
    tls: Object.fromEntries(tls),
  };
}

/**
 * Folders in which containerd looks for the settings of a registry; the first that exists counts, the others are not
 * looked at (core/remotes/docker/config/hosts.go, `hostPaths`).
 */
export function hostFolders(config: ContainerdConfig, registry: string): readonly string[] {
  const port = registry.lastIndexOf(':');
  const names = port > 0 ? [`${registry.slice(0, port)}_${registry.slice(port + 1)}_`, registry] : [registry];
  return config.hostFolders.flatMap((root) => [...names, '_default'].map((name) => `${root}/${name}`));
}

/**
 * Which servers containerd asks for a repository.
 *
 * @param hosts the `hosts.toml` of the first folder that exists.
 */
export function containerdRoute(
  config: ContainerdConfig | undefined,
  hosts: NodeFile | undefined,
  reference: Pick<Reference, 'registry' | 'repository'>,
): RuntimeRoute {
  const files = [config?.path, hosts?.path].filter((path) => path !== undefined);
  if (hosts !== undefined) return { endpoints: fromHosts(hosts, reference), files };
  if (config === undefined || config.hostFolders.length > 0) {
    return { endpoints: [registryEndpoint(reference)], files };
  }
  return { endpoints: fromMirrors(config, reference), files };
}

type Wanted = Pick<Reference, 'registry' | 'repository'>;

/** `hosts.toml`: hosts that may resolve and pull, in the order of the file, then `server`. */
function fromHosts({ path, text }: NodeFile, reference: Wanted): readonly RuntimeEndpoint[] {
  const root = readToml(text);
  const usual = registryEndpoint(reference);
  if (root === undefined) return [usual];
  const folder = path.slice(0, path.lastIndexOf('/'));
  const hosts = Object.entries(asObject(root.host)).filter(([, settings]) => mayPull(settings));
  const server = asText(root.server);
  return [
    ...hosts.flatMap(([address, settings]) =>
      endpointAt(address, asObject(settings), { reference, folder, mirror: true }),
    ),
    ...(server === undefined || server === ''
      ? [{ ...usual, ...trust(root, folder) }]
      : endpointAt(server, root, { reference, folder, mirror: false })),
  ];
}

/** A host without `resolve` is not asked for a tag, one without `pull` not for content. */
function mayPull(settings: Json | undefined): boolean {
  const capabilities = dig(settings, 'capabilities');
  if (capabilities === undefined) return true;
  const names = texts(capabilities);
  return names.includes('pull') && names.includes('resolve');
}

function endpointAt(
  address: string,
  settings: JsonObject,
  where: { readonly reference: Wanted; readonly folder: string; readonly mirror: boolean },
): readonly RuntimeEndpoint[] {
  const { registry, repository } = where.reference;
  const url = addressOf(address);
  if (url === undefined) return [];
  const path = url.pathname.replace(/\/+$/, '');
  const root = settings.override_path === true || path.endsWith('/v2') ? path : `${path}/v2`;
  const own = url.host === apiHost(registry);
  return [
    {
      repository: `${url.origin}${root}/${repository}`,
      mirror: where.mirror && !own,
      ...(own ? {} : { namespace: registry }),
      ...trust(settings, where.folder),
    },
  ];
}

/** An address without a scheme is https, but http for the machine itself. */
function addressOf(text: string): URL | undefined {
  const full = text.includes('://')
    ? text
    : `${/^(localhost|127\.)/.test(text) ? 'http' : 'https'}://${text}`;
  return URL.canParse(full) ? new URL(full) : undefined;
}

function trust(settings: JsonObject, folder: string): Pick<RuntimeEndpoint, 'insecure' | 'caFile'> {
  const [ca] = typeof settings.ca === 'string' ? [settings.ca] : texts(settings.ca);
  return {
    ...(settings.skip_verify === true ? { insecure: true } : {}),
    ...(ca === undefined ? {} : { caFile: ca.startsWith('/') ? ca : `${folder}/${ca}` }),
  };
}

function fromMirrors({ mirrors, tls }: ContainerdConfig, reference: Wanted): readonly RuntimeEndpoint[] {
  const usual = registryEndpoint(reference);
  const addresses = mirrors[reference.registry] ?? mirrors['*'] ?? [];
  // A path is taken as it is, `/v2` stands for none (pkg/cri/server/image_pull.go, `registryHosts`).
  const found = addresses.flatMap((address) =>
    endpointAt(
      address,
      { override_path: (addressOf(address)?.pathname ?? '/') !== '/' },
      {
        reference,
        folder: '',
        mirror: true,
      },
    ),
  );
  const all = found.some(({ repository }) => repository === usual.repository) ? found : [...found, usual];
  return all.map((endpoint) => {
    const settings = tls[new URL(endpoint.repository).host];
    if (settings === undefined) return endpoint;
    const { insecure, caFile } = settings;
    return { ...endpoint, ...(insecure ? { insecure } : {}), ...(caFile === undefined ? {} : { caFile }) };
  });
}

function texts(value: Json | undefined): readonly string[] {
  return asList(value).flatMap((each) => asText(each) ?? []);
}

function notEmpty(object: JsonObject): boolean {
  return isObject(object) && Object.keys(object).length > 0;
}
