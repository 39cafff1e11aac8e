import { apiGroup, kinds, type KindInfo } from '../../../src/core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import type { Served } from './handle.ts';
import type { StubReply, StubRequest } from './reply.ts';

/** `v2`: 1.30 and later; `none`: before 1.26, where groups and then their versions are asked. */
export type Aggregated = 'v2' | 'v2beta1' | 'none';

const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];

/** Answers `/api`, `/apis` and the list of one group version, as servers of that age do. */
export function discovery(
  { path, headers }: StubRequest,
  served: Served,
  extra: readonly KindInfo[],
  aggregated: Aggregated,
): StubReply | undefined {
  const all = [...kinds, ...extra].flatMap((info) => {
    const first = served(info);
    return first === undefined ? [] : [{ info, versions: versionsOf(info, first) }];
  });
  if (path === '/api' || path === '/apis') {
    const accepts = String(headers['accept']).includes(`v=${aggregated};as=APIGroupDiscoveryList`);
    const here = all.filter(({ versions }) => (path === '/api') === !versions[0]?.includes('/'));
    const groups = [...new Set(here.map(({ info }) => apiGroup(info.apiVersions[0])))];
    const versionsIn = (group: string): readonly string[] => [
      ...new Set(here.flatMap(({ versions }) => versions.filter((version) => apiGroup(version) === group))),
    ];
    if (accepts) {
      const items = groups.map((group) => ({
        metadata: group === '' ? {} : { name: group },
        versions: versionsIn(group).map((version) => ({
          version: version.split('/').at(-1) ?? '',
          resources: here.filter(({ versions }) => versions.includes(version)).map(({ info }) => entry(info)),
        })),
      }));
      return ok({ kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${aggregated}`, items });
    }
    if (path === '/api') return ok({ kind: 'APIVersions', versions: ['v1'] });
    const list = groups.map((name) => {
      const versions = versionsIn(name).map((groupVersion) => ({ groupVersion }));
      return { name, versions, preferredVersion: versions[0] };
    });
    return ok({ kind: 'APIGroupList', groups: list });
  }
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)$/.exec(path);
  if (match === null) return undefined;
  const [, group, version = ''] = match;
  const groupVersion = group === undefined ? version : `${group}/${version}`;
  const here = all.filter(({ versions }) => versions.includes(groupVersion));
  if (here.length === 0) return { status: 404, body: '404 page not found\n' };
  const resources = here.flatMap(({ info: { plural, kind, namespaced, names } }) => [
    { name: plural, singularName: names[0], kind, namespaced, verbs, shortNames: names.slice(1) },
    { name: `${plural}/status`, singularName: '', kind, namespaced, verbs: ['get', 'patch', 'update'] },
  ]);
  return ok({ kind: 'APIResourceList', groupVersion, resources });
}

/** Kinds of the table are served at one version, those of a test at all that it gives. */
function versionsOf(info: KindInfo, first: string): readonly string[] {
  return kinds.includes(info) ? [first] : info.apiVersions;
}

function entry({ plural, kind, namespaced, names }: KindInfo): JsonObject {
  return {
    resource: plural,
    responseKind: { group: '', version: '', kind },
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: names[0],
    verbs,
    shortNames: names.slice(1),
  };
}

function ok(body: Json): StubReply {
  return { status: 200, body };
}
