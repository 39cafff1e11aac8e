import type { ApiRequestPattern, ApiRule } from '../file/index.ts';

/** A request to the API server, as RBAC and a person see it. */
export type ApiRequest = {
  readonly verb: string;
  /** `pods`, `deployments.apps`, `pods/eviction`; `''` for paths that are no resource. */
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly dryRun: boolean;
};

/**
 * Reads method, path and body (https://kubernetes.io/docs/reference/using-api/api-concepts/). A POST has its name in
 * the body.
 */
export function readApiRequest(method: string, url: string, body: string): ApiRequest {
  const [path = '', search = ''] = url.split('?', 2);
  const query = new URLSearchParams(search);
  const { resource, namespace, name } = readPath(path.split('/').slice(1));
  return {
    verb: verbOf(method, name, query),
    resource,
    namespace,
    name: name === '' && method === 'POST' ? nameIn(body) : name,
    dryRun: query.get('dryRun') === 'All' || (method === 'DELETE' && isTrial(body)),
  };
}

function readPath(parts: readonly string[]): Pick<ApiRequest, 'resource' | 'namespace' | 'name'> {
  const [root, ...rest] = parts;
  const group = root === 'apis' ? (rest.shift() ?? '') : '';
  const version = rest.shift();
  const isResource = (root === 'api' || root === 'apis') && version !== undefined && rest.length > 0;
  if (!isResource) return { resource: '', namespace: '', name: '' };
  const scoped = rest[0] === 'namespaces' && rest.length > 2;
  const namespace = scoped ? (rest[1] ?? '') : '';
  const [plural = '', name = '', subresource] = scoped ? rest.slice(2) : rest;
  const full = group === '' ? plural : `${plural}.${group}`;
  return { resource: subresource === undefined ? full : `${full}/${subresource}`, namespace, name };
}

function verbOf(method: string, name: string, query: URLSearchParams): string {
  if (method === 'GET') {
    if (['1', 'true'].includes(query.get('watch') ?? '')) return 'watch';
    return name === '' ? 'list' : 'get';
  }
  if (method === 'DELETE') return name === '' ? 'deletecollection' : 'delete';
  return { POST: 'create', PUT: 'update', PATCH: 'patch' }[method] ?? method.toLowerCase();
}

/** A deletion may say it in its DeleteOptions. */
function isTrial(body: string): boolean {
  try {
    return (JSON.parse(body) as { dryRun?: readonly string[] }).dryRun?.includes('All') === true;
  } catch {
    return false;
  }
}

function nameIn(body: string): string {
  try {
    return (JSON.parse(body) as { metadata?: { name?: string } }).metadata?.name ?? '';
  } catch {
    return '';
  }
}

const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** Whether it changes something: reviews of rights and identities are asked by POST and change nothing. */
export function isWrite({ verb, resource, dryRun }: ApiRequest): boolean {
  return WRITES.includes(verb) && !dryRun && !/reviews\./.test(resource);
}

export type Target = Pick<ApiRule | ApiRequestPattern, 'verb' | 'resource' | 'name' | 'namespace' | 'dryRun'>;

export function concerns(target: Target, request: ApiRequest): boolean {
  const { verb, resource, name, namespace, dryRun } = target;
  return (
    (verb === 'any' || (verb === 'write' ? isWrite(request) : verb === request.verb)) &&
    (resource === '*' || resource === request.resource || resource === withoutGroup(request.resource)) &&
    (name === undefined || new RegExp(name, 'u').test(request.name)) &&
    (namespace === undefined || new RegExp(namespace, 'u').test(request.namespace)) &&
    (dryRun === undefined || dryRun === request.dryRun)
  );
}

/** `deployments.apps/scale` → `deployments/scale`. */
function withoutGroup(resource: string): string {
  return resource.replace(/\.[^/]*/, '');
}
