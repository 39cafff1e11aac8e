import { isError, PullmendError } from '../../core/base/index.ts';
import {
  apiGroup,
  asList,
  asObjects,
  dig,
  digText,
  kindInfo,
  kinds,
  type KindInfo,
} from '../../core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../core/model/index.ts';
import { groupPath } from './paths.ts';
import type { Transport } from './transport.ts';

/** What the API server says about the kinds that it serves; asked once a connection, and only when it is needed. */
export type Discovery = {
  /**
   * Resource, scope and versions of a kind: from the table of kinds that every cluster has, else as the API server
   * tells. With an `apiVersion` exactly that one must be served. Errors: PM_UNKNOWN_KIND.
   */
  kind(kind: string, apiVersion?: string): Promise<KindInfo>;
  /** The API version of a kind of the table that this cluster serves. */
  servedVersion(kind: string): Promise<string>;
  /** Every kind that the API server serves, with its versions, the preferred one first. */
  all(): Promise<readonly KindInfo[]>;
};

export function discover(transport: Transport): Discovery {
  const groupVersions = new Map<string, Promise<readonly KindInfo[]>>();
  const versions = new Map<string, Promise<string>>();
  let everything: Promise<readonly KindInfo[]> | undefined;

  function at(apiVersion: string): Promise<readonly KindInfo[]> {
    return remembered(groupVersions, apiVersion, () => readGroupVersion(transport, apiVersion));
  }

  async function all(): Promise<readonly KindInfo[]> {
    everything ??= readAll(transport, at);
    try {
      return await everything;
    } catch (error) {
      everything = undefined;
      throw error;
    }
  }

  return {
    all,
    servedVersion: (kind) =>
      remembered(versions, kind, async () => {
        const info = kindInfo(kind);
        if (info === undefined) return (await foreignKind(kind)).apiVersions[0];
        return await findVersion(info, at);
      }),
    kind: async (kind, apiVersion) => kindInfo(kind, apiVersion) ?? (await foreignKind(kind, apiVersion)),
  };

  async function foreignKind(kind: string, apiVersion?: string): Promise<KindInfo> {
    const served = apiVersion === undefined ? await all() : await at(apiVersion);
    const info = served.find((each) => each.kind === kind);
    if (info !== undefined) return info;
    const name = apiVersion === undefined ? kind : `${apiVersion} ${kind}`;
    throw new PullmendError('PM_UNKNOWN_KIND', { name, known: kinds.map((each) => each.kind.toLowerCase()) });
  }
}

/** A failure is not remembered: the next one who asks may be answered. */
function remembered<T>(cache: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const asked = ask().catch((error: unknown) => {
    cache.delete(key);
    throw error;
  });
  cache.set(key, asked);
  return asked;
}

/** Kinds that moved are looked for in the groups they were in, newest first. */
async function findVersion(
  { apiVersions, plural }: KindInfo,
  at: (apiVersion: string) => Promise<readonly KindInfo[]>,
): Promise<string> {
  if (apiVersions.length === 1) return apiVersions[0];
  for (const apiVersion of apiVersions) {
    if ((await at(apiVersion)).some((info) => info.plural === plural)) return apiVersion;
  }
  throw new PullmendError('PM_NOT_FOUND', { object: plural });
}

async function readGroupVersion(transport: Transport, apiVersion: string): Promise<readonly KindInfo[]> {
  const list = await get(transport, groupPath(apiVersion)).catch((error: unknown) => {
    if (isError(error, 'PM_NOT_FOUND')) return {};
    throw error;
  });
  return asObjects(dig(list, 'resources')).flatMap((resource) =>
    infoOf(resource, apiVersion, {
      plural: digText(resource, 'name'),
      kind: digText(resource, 'kind'),
      namespaced: resource.namespaced === true,
      singular: digText(resource, 'singularName'),
    }),
  );
}

/** Since Kubernetes 1.26 (KEP-3352) one request tells everything; v2 since 1.30. Older servers answer with groups. */
const aggregated = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat('application/json')
  .join(',');

async function readAll(
  transport: Transport,
  at: (apiVersion: string) => Promise<readonly KindInfo[]>,
): Promise<readonly KindInfo[]> {
  const [core, groups] = await Promise.all([
    get(transport, '/api', aggregated),
    get(transport, '/apis', aggregated),
  ]);
  if (digText(groups, 'kind') === 'APIGroupDiscoveryList') {
    return merged([core, groups].flatMap((list) => asObjects(dig(list, 'items')).flatMap(kindsOfGroup)));
  }
  const versions = [
    ...asList(dig(core, 'versions')),
    ...asObjects(dig(groups, 'groups')).flatMap((group) => {
      const preferred = digText(group, 'preferredVersion', 'groupVersion');
      const all = asObjects(group.versions).map((version) => digText(version, 'groupVersion'));
      return [preferred, ...all.filter((each) => each !== preferred)];
    }),
  ].filter((each) => typeof each === 'string');
  // A group whose own server is down (metrics, service catalog) hides only its own kinds.
  const lists = await Promise.all(versions.map((version) => at(version).catch(() => [])));
  return merged(lists.flat());
}

function kindsOfGroup(group: JsonObject): readonly KindInfo[] {
  const name = digText(group, 'metadata', 'name');
  return asObjects(group.versions).flatMap((entry) => {
    const version = digText(entry, 'version') ?? '';
    const apiVersion = name === undefined ? version : `${name}/${version}`;
    return asObjects(entry.resources).flatMap((resource) =>
      infoOf(resource, apiVersion, {
        plural: digText(resource, 'resource'),
        kind: digText(resource, 'responseKind', 'kind'),
        namespaced: resource.scope === 'Namespaced',
        singular: digText(resource, 'singularResource'),
      }),
    );
  });
}

type Told = {
  readonly plural: string | undefined;
  readonly kind: string | undefined;
  readonly namespaced: boolean;
  readonly singular: string | undefined;
};

/** Subresources (`pods/log`) and resources that cannot be read (reviews) are no kinds of objects. */
function infoOf(resource: JsonObject, apiVersion: string, told: Told): readonly KindInfo[] {
  const { plural, kind, namespaced, singular } = told;
  if (plural === undefined || kind === undefined || plural.includes('/')) return [];
  if (!asList(resource.verbs).includes('get')) return [];
  const known = kindInfo(kind, apiVersion);
  const shortNames = asList(resource.shortNames).filter((each) => typeof each === 'string');
  const names = [...(singular === undefined ? [] : [singular]), ...shortNames];
  return [{ ...known, kind, apiVersions: [apiVersion], plural, names, namespaced }];
}

/** One entry for each resource of a group, its versions in the order in which they were told. */
function merged(infos: readonly KindInfo[]): readonly KindInfo[] {
  const byResource = Map.groupBy(infos, (info) => `${info.plural}.${apiGroup(info.apiVersions[0])}`);
  return [...byResource.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const [preferred, ...others] = same.map((info) => info.apiVersions[0]);
    return preferred === undefined ? [] : [{ ...first, apiVersions: [preferred, ...others] as const }];
  });
}

function get(transport: Transport, path: string, accept?: string): Promise<Json> {
  const call = { method: 'GET', verb: 'get', path, resource: path, object: path } as const;
  return transport.send(accept === undefined ? call : { ...call, accept });
}
