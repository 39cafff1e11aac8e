import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { applyPatch, type Operation } from 'rfc6902';
import {
  apiGroup,
  asList,
  asObject,
  asObjects,
  digText,
  kindInfo,
  type KindInfo,
} from '../../../src/core/knowledge/pods/index.ts';
import type { Json, JsonObject } from '../../../src/core/model/index.ts';
import { forbidden, isDenied, type Denial } from './access.ts';
import {
  alreadyExists,
  conflict,
  notFound,
  patchFailed,
  Refusal,
  type StubReply,
  type StubRequest,
} from './reply.ts';
import { fieldsMatch, labelsMatch } from './selectors.ts';
import { sortKey, type Store, type Write } from './store.ts';
import { refusalOfCreate, refusalOfUpdate } from './validate.ts';

/** The API version at which a stub serves a kind; undefined when it does not. */
export type Served = (info: KindInfo) => string | undefined;

/** What a request is about. */
type Target = {
  readonly info: KindInfo;
  readonly apiVersion: string;
  readonly namespace?: string;
  readonly name?: string;
};

export type Context = {
  readonly store: Store;
  readonly denials: readonly Denial[];
  readonly served: Served;
  /** Kinds of the table and those that a test adds. */
  readonly kinds: readonly KindInfo[];
  readonly wrote: (write: Write) => Promise<void>;
};

/** Answers a request for objects. Throws Refusal. */
export async function handleObjects(request: StubRequest, context: Context): Promise<StubReply> {
  const target = findTarget(request, context);
  if (request.method === 'GET') {
    return {
      status: 200,
      body: target.name === undefined ? list(request, target, context) : existing(target, context),
    };
  }
  if (request.method === 'POST') return { status: 201, body: await create(request, target, context) };
  if (request.method === 'PATCH') return { status: 200, body: await patch(request, target, context) };
  if (request.method === 'PUT') return { status: 200, body: await replace(request, target, context) };
  if (request.method === 'DELETE') return { status: 200, body: await remove(request, target, context) };
  throw new Refusal(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
  );
}

/** What a request is about, if this user may do it. Throws Refusal. */
export function findTarget(request: StubRequest, context: Context): Target {
  const target = targetOf(request.path, context);
  if (target === undefined)
    throw new Refusal(404, 'NotFound', 'the server could not find the requested resource');
  authorize(request, target, context);
  return target;
}

function targetOf(path: string, { served, kinds }: Context): Target | undefined {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)(?:\/namespaces\/([^/]+))?\/([^/]+)(?:\/([^/]+))?$/.exec(
    path,
  );
  if (match === null) return undefined;
  const [, group, version = '', namespace, plural, name] = match;
  const apiVersion = group === undefined ? version : `${group}/${version}`;
  const info = kinds.find(
    (each) =>
      each.plural === plural &&
      (served(each) === apiVersion ||
        (served(each) !== undefined && !isKnown(each) && each.apiVersions.includes(apiVersion))),
  );
  if (info === undefined) return undefined;
  return {
    info,
    apiVersion,
    ...(namespace === undefined ? {} : { namespace: decodeURIComponent(namespace) }),
    ...(name === undefined ? {} : { name: decodeURIComponent(name) }),
  };
}

const verbs: Readonly<Record<string, string>> = {
  POST: 'create',
  PATCH: 'patch',
  PUT: 'update',
  DELETE: 'delete',
};

function authorize(request: StubRequest, { info, namespace, name }: Target, { denials }: Context): void {
  const access = {
    verb: verbs[request.method] ?? readVerb(request, name),
    group: apiGroup(info.apiVersions[0]),
    resource: info.plural,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
  };
  if (isDenied(denials, access)) throw forbidden(access);
}

function isKnown(info: KindInfo): boolean {
  return kindInfo(info.kind, info.apiVersions[0]) === info;
}

function readVerb({ query }: StubRequest, name: string | undefined): string {
  if (query.get('watch') === 'true') return 'watch';
  return name === undefined ? 'list' : 'get';
}

function list(
  { query, headers }: StubRequest,
  { info, apiVersion, namespace }: Target,
  { store }: Context,
): Json {
  const after = Buffer.from(query.get('continue') ?? '', 'base64url').toString();
  const limit = Number(query.get('limit') ?? 0) || Number.POSITIVE_INFINITY;
  const matching = store
    .all(info, namespace)
    .filter((object) => labelsMatch(object, query.get('labelSelector')))
    .filter((object) => fieldsMatch(object, query.get('fieldSelector')))
    .filter((object) => sortKey(object) > after);
  const items = matching.slice(0, limit);
  const last = items.at(-1);
  const metadataOnly = String(headers['accept']).includes('as=PartialObjectMetadataList');
  const more = last !== undefined && matching.length > items.length;
  return {
    kind: metadataOnly ? 'PartialObjectMetadataList' : `${info.kind}List`,
    apiVersion: metadataOnly ? 'meta.k8s.io/v1' : apiVersion,
    metadata: {
      resourceVersion: store.version,
      ...(more ? { continue: Buffer.from(sortKey(last)).toString('base64url') } : {}),
    },
    // As the real one: items of a list do not say what they are.
    items: items.map(({ kind: _kind, apiVersion: _version, ...rest }) =>
      metadataOnly ? { metadata: asObject(rest.metadata) } : rest,
    ),
  };
}

function existing({ info, namespace, name = '' }: Target, { store }: Context): JsonObject {
  const object = store.get(info, namespace, name);
  if (object === undefined) throw notFound(info, name);
  return object;
}

async function create(request: StubRequest, target: Target, context: Context): Promise<Json> {
  const { info, apiVersion, namespace } = target;
  const body = asObject(request.body);
  const { uid: _uid, resourceVersion: _version, ...metadata } = asObject(body.metadata);
  const name =
    digText(metadata, 'name') ??
    `${digText(metadata, 'generateName') ?? ''}${randomBytes(3).toString('hex')}`;
  const refusal = refusalOfCreate(info, name, body);
  if (refusal !== undefined) throw refusal;
  if (context.store.get(info, namespace, name) !== undefined) throw alreadyExists(info, name);
  const scope = namespace === undefined ? {} : { namespace };
  const object = { ...body, apiVersion, kind: info.kind, metadata: { ...metadata, ...scope, name } };
  return write(request, context, info, 'create', object);
}

async function patch(request: StubRequest, target: Target, context: Context): Promise<Json> {
  const before = existing(target, context);
  if (request.headers['content-type'] !== 'application/json-patch+json') {
    throw new Refusal(415, 'UnsupportedMediaType', 'the stub takes JSON patches only');
  }
  const after = structuredClone(before);
  const failed = applyPatch(after, asList(request.body) as unknown as Operation[]).some(
    (result) => result !== null,
  );
  if (failed) throw patchFailed();
  return update(request, target, context, 'patch', before, after);
}

async function replace(request: StubRequest, target: Target, context: Context): Promise<Json> {
  const before = existing(target, context);
  const after = asObject(request.body);
  const version = digText(after, 'metadata', 'resourceVersion');
  if (version !== undefined && version !== digText(before, 'metadata', 'resourceVersion')) {
    const why = 'the object has been modified; please apply your changes to the latest version and try again';
    throw conflict(target.info, target.name ?? '', why);
  }
  return update(request, target, context, 'update', before, after);
}

async function update(
  request: StubRequest,
  { info, name = '' }: Target,
  context: Context,
  verb: 'patch' | 'update',
  before: JsonObject,
  after: JsonObject,
): Promise<Json> {
  const refusal = refusalOfUpdate(info, name, before, after);
  if (refusal !== undefined) throw refusal;
  // A write that changes nothing is none: the version stays.
  if (isDeepStrictEqual(before, after)) return before;
  return write(request, context, info, verb, after);
}

async function remove(request: StubRequest, target: Target, context: Context): Promise<Json> {
  const { info, name = '' } = target;
  const object = existing(target, context);
  const options = asObject(request.body);
  for (const field of ['uid', 'resourceVersion'] as const) {
    const wanted = digText(options, 'preconditions', field);
    const found = digText(object, 'metadata', field);
    if (wanted === undefined || wanted === found) continue;
    const [label, cause] =
      field === 'uid' ? ['UID', 'deleted and then recreated'] : ['ResourceVersion', 'modified'];
    const why = `the ${label} in the precondition (${wanted}) does not match the ${label} in record (${found}). The object might have been ${cause}`;
    throw conflict(info, name, why);
  }
  if (!asList(options.dryRun).includes('All')) {
    context.store.remove(info, object, options.propagationPolicy === 'Orphan');
    await context.wrote({ verb: 'delete', kind: info.kind, object });
  }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' };
}

async function write(
  { query }: StubRequest,
  { store, wrote }: Context,
  info: KindInfo,
  verb: Write['verb'],
  object: JsonObject,
): Promise<JsonObject> {
  const managed = withManager(object, query.get('fieldManager'));
  if (query.get('dryRun') === 'All') return store.prepared(info, managed);
  const stored = store.put(info, managed);
  await wrote({ verb, kind: info.kind, object: stored });
  return stored;
}

/** `managedFields` without the fields: who wrote last. */
function withManager(object: JsonObject, manager: string | null): JsonObject {
  if (manager === null) return object;
  const metadata = asObject(object.metadata);
  const others = asObjects(metadata.managedFields).filter((entry) => entry.manager !== manager);
  const entry = {
    manager,
    operation: 'Update',
    time: new Date().toISOString(),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
  };
  return { ...object, metadata: { ...metadata, managedFields: [...others, entry] } };
}
