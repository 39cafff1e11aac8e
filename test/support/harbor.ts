import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { startFaultyRegistry, type FaultyRegistry } from './faulty.ts';
import { mistake, operations, queryMistake, type Operation } from './harbor-api.ts';

export type FakeEndpoint = { id: number; name: string; type: string; url: string; status: string };

export type FakeProject = {
  project_id: number;
  name: string;
  registry_id?: number;
  metadata: Record<string, string>;
  quota: { hard: number; used: number };
  immutable: object[];
};

export type FakeRobot = { id: number; name: string; permissions: object[]; [field: string]: unknown };

export type FakeHarbor = {
  /** `host:port`, where images are asked for, too. */
  readonly authority: string;
  readonly registry: FaultyRegistry;
  readonly projects: FakeProject[];
  readonly endpoints: FakeEndpoint[];
  readonly robots: FakeRobot[];
  readonly rules: { readonly id: number; readonly name: string; readonly [field: string]: unknown }[];
  readonly retentions: { id: number; rules: { template: string; params: object }[] }[];
  /** Secrets that were told, newest last. */
  readonly secrets: string[];
  /** Requests that a real Harbor would have refused as wrong in form, and why. */
  readonly malformed: string[];
  /** Operations that changed something, in order. */
  readonly writes: string[];
  /** Set for a while: the status with which an operation fails. */
  broken: (operation: string) => number | undefined;
  /** Registries that this Harbor cannot reach. */
  readonly unreachable: string[];
  readOnly: boolean;
  unhealthy: string[];
  readonly addProject: (name: string, more?: Partial<FakeProject>) => FakeProject;
  readonly addEndpoint: (name: string, type: string, url: string) => FakeEndpoint;
  readonly close: () => Promise<void>;
};

/** A reply: the status, its body, and where a new object stands. */
type Said = { readonly status: number; readonly body?: unknown; readonly location?: string };
type User = 'nobody' | 'user' | 'admin';
type Asked = {
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** A part that looks like a number is a name all the same. */
  readonly byName: boolean;
  readonly user: User;
};

/** Types that a proxy project may take images from; quay is not one of them. */
const proxyTypes = ['docker-hub', 'harbor', 'aws-ecr', 'google-gcr', 'docker-registry', 'github-ghcr'];

const logins: Readonly<Record<string, User>> = { 'admin:Harbor12345': 'admin', 'ann:hunter3': 'user' };

/** A Harbor with its registry on one loopback port, with the users `admin:Harbor12345` and `ann:hunter3`. */
export async function startHarbor(): Promise<FakeHarbor> {
  const registry = await startFaultyRegistry();
  let lastId = 0;
  const harbor: FakeHarbor = {
    authority: registry.authority,
    registry,
    projects: [],
    endpoints: [],
    robots: [],
    rules: [],
    retentions: [],
    secrets: [],
    malformed: [],
    writes: [],
    broken: () => undefined,
    unreachable: [],
    readOnly: false,
    unhealthy: [],
    addProject(name, more = {}) {
      const quota = { hard: -1, used: 0 };
      const project = {
        project_id: ++lastId,
        name,
        metadata: { public: 'false' },
        quota,
        immutable: [],
        ...more,
      };
      harbor.projects.push(project);
      return project;
    },
    addEndpoint(name, type, url) {
      const endpoint = { id: ++lastId, name, type, url, status: 'healthy' };
      harbor.endpoints.push(endpoint);
      return endpoint;
    },
    close: async () => await registry.close(),
  };
  registry.fault = (request, response) => {
    if (request.url?.startsWith('/api/v2.0/') !== true) return false;
    void reply(request, response, harbor, () => ++lastId);
    return true;
  };
  return harbor;
}

async function reply(
  request: IncomingMessage,
  response: ServerResponse,
  harbor: FakeHarbor,
  nextId: () => number,
): Promise<void> {
  const { status, body, location } = await decide(request, harbor, nextId);
  if (body instanceof Object && 'refused' in body)
    harbor.malformed.push(`${request.method} ${request.url}: ${String(body.refused)}`);
  const said = body instanceof Object && 'refused' in body ? errors(status, String(body.refused)) : body;
  response.writeHead(status, {
    'content-type': typeof said === 'string' ? 'text/plain; charset=utf-8' : 'application/json',
    // Harbor hands out a session; who sends it back must send the CSRF token with it.
    'set-cookie': 'sid=0123456789; Path=/; HttpOnly',
    ...(location === undefined ? {} : { location }),
  });
  response.end(request.method === 'HEAD' ? '' : typeof said === 'string' ? said : JSON.stringify(said));
}

async function decide(request: IncomingMessage, harbor: FakeHarbor, nextId: () => number): Promise<Said> {
  const { method = '', headers } = request;
  const url = new URL(request.url ?? '', 'http://harbor');
  const parts = url.pathname.slice('/api/v2.0'.length).split('/').map(decodeURIComponent);
  const refuse = (status: number, why: string): Said => ({ status, body: { refused: why } });
  const content = await text(request);
  const operation = operations.find((it) => it.method === method && fits(it, parts));
  if (operation === undefined) return refuse(404, 'no such operation');
  if (headers.cookie !== undefined && headers['x-harbor-csrf-token'] === undefined)
    return refuse(403, 'CSRF token not found in request');
  if (
    headers.accept !== undefined &&
    !/application\/json|\*\/\*/.test(headers.accept) &&
    operation.id !== 'ping'
  )
    return refuse(406, 'unsupported media type requested');
  const wrongQuery = queryMistake(url.searchParams, operation);
  if (wrongQuery !== undefined) return refuse(422, wrongQuery);
  const user = whoIs(headers.authorization);
  const body = content === '' ? undefined : parse(content);
  if (operation.body !== undefined) {
    if (headers['content-type']?.startsWith('application/json') !== true)
      return refuse(415, 'unsupported media type');
    const wrong = mistake(body, operation.body, 'body');
    if (wrong !== undefined) return refuse(422, wrong);
  } else if (content !== '') return refuse(400, 'a body that is not expected');
  if (operation.for !== 'anyone' && user === 'nobody') return failed(401, 'UNAUTHORIZED: unauthorized');
  if (operation.for === 'admin' && user !== 'admin') return failed(403, 'FORBIDDEN: forbidden');
  const byName = headers['x-is-resource-name'] === 'true';
  const broken = harbor.broken(operation.id);
  if (broken !== undefined) return failed(broken, 'UNKNOWN: internal server error');
  const said = behaviour[operation.id]?.(
    { parts, query: url.searchParams, body, user, byName },
    harbor,
    nextId,
  );
  if (said !== undefined && said.status < 300 && ['POST', 'PUT'].includes(method))
    harbor.writes.push(operation.id);
  return said ?? refuse(404, 'not played here');
}

type Behaviour = (asked: Asked, harbor: FakeHarbor, nextId: () => number) => Said;

const behaviour: Readonly<Record<string, Behaviour>> = {
  ping: () => ({ status: 200, body: 'Pong' }),
  systeminfo: ({ user }, { readOnly }) => ({
    status: 200,
    body: {
      auth_mode: 'db_auth',
      ...(user === 'nobody' ? {} : { harbor_version: 'v2.14.0-abcdef', read_only: readOnly }),
    },
  }),
  health: (_, { unhealthy }) => ({
    status: 200,
    body: {
      status: unhealthy.length === 0 ? 'healthy' : 'unhealthy',
      components: ['core', 'database', 'registry', 'jobservice'].map((name) => ({
        name,
        status: unhealthy.includes(name) ? 'unhealthy' : 'healthy',
      })),
    },
  }),
  headProject: ({ query }, { projects }) =>
    projects.some(({ name }) => name === query.get('project_name'))
      ? { status: 200 }
      : failed(404, 'NOT_FOUND: project not found'),
  createProject: ({ body, user }, harbor) => {
    const {
      project_name: name,
      registry_id,
      metadata = {},
    } = body as {
      project_name: string;
      registry_id?: number;
      metadata?: Record<string, string>;
    };
    if (user !== 'admin' && registry_id !== undefined)
      return failed(403, 'FORBIDDEN: Only system admin can create proxy cache project');
    const upstream = harbor.endpoints.find(({ id }) => id === registry_id);
    if (registry_id !== undefined && upstream === undefined)
      return failed(404, `NOT_FOUND: registry ${registry_id}`);
    if (upstream !== undefined && !proxyTypes.includes(upstream.type))
      return failed(400, `BAD_REQUEST: unsupported registry type ${upstream.type}`);
    if (harbor.projects.some((it) => it.name === name))
      return failed(409, `CONFLICT: The project named ${name} already exists`);
    const project = harbor.addProject(name, {
      metadata: { public: 'false', ...metadata },
      ...(registry_id === undefined ? {} : { registry_id }),
    });
    if (registry_id !== undefined) {
      // A proxy project keeps what was pulled in the last week.
      const retention = {
        id: project.project_id,
        rules: [{ template: 'nDaysSinceLastPull', params: { nDaysSinceLastPull: 7 } }],
      };
      harbor.retentions.push(retention);
      project.metadata['retention_id'] = String(retention.id);
    }
    return { status: 201, location: `/api/v2.0/projects/${project.project_id}` };
  },
  getProject: (asked, harbor) =>
    withProject(asked, harbor, ({ project_id, name, registry_id, metadata }) => ({
      status: 200,
      body: { project_id, name, registry_id, metadata },
    })),
  summary: (asked, harbor) =>
    withProject(asked, harbor, ({ quota, registry_id }) => ({
      status: 200,
      body: {
        repo_count: 0,
        ...(asked.user === 'nobody'
          ? {}
          : { quota: { hard: { storage: quota.hard }, used: { storage: quota.used } } }),
        registry: harbor.endpoints.find(({ id }) => id === registry_id),
      },
    })),
  immutable: (asked, harbor) =>
    withProject(asked, harbor, ({ immutable }) => ({ status: 200, body: page(immutable, asked.query) })),
  listEndpoints: ({ query }, { endpoints }) => ({ status: 200, body: page(endpoints, query) }),
  createEndpoint: ({ body }, harbor) => {
    const { name, type, url } = body as { name: string; type: string; url: string };
    if (harbor.endpoints.some((it) => it.name === name))
      return failed(409, `CONFLICT: registry ${name} already exists`);
    if (harbor.unreachable.some((host) => url.includes(host)))
      return failed(400, 'BAD_REQUEST: the registry is unhealthy');
    return { status: 201, location: `/api/v2.0/registries/${harbor.addEndpoint(name, type, url).id}` };
  },
  listRules: ({ query }, { rules }) => ({ status: 200, body: page(rules, query) }),
  createRule: ({ body }, harbor, nextId) => {
    const rule = body as { name: string; src_registry?: { id: number }; dest_registry?: { id: number } };
    // One end is a registry, the other one the Harbor itself.
    if ((rule.src_registry === undefined) === (rule.dest_registry === undefined))
      return failed(400, 'BAD_REQUEST: either src_registry or dest_registry should be empty');
    if (harbor.rules.some(({ name }) => name === rule.name)) return failed(409, `CONFLICT: ${rule.name}`);
    const ends = [rule.src_registry?.id, rule.dest_registry?.id];
    if (!harbor.endpoints.some(({ id }) => ends.includes(id))) return failed(404, 'NOT_FOUND: registry');
    const id = nextId();
    harbor.rules.push({ ...rule, id });
    return { status: 201, location: `/api/v2.0/replication/policies/${id}` };
  },
  listRobots: ({ query }, { robots }) =>
    query.get('q') === null || query.get('q') === 'Level=system'
      ? { status: 200, body: page(robots, query) }
      : failed(400, 'BAD_REQUEST: bad request error level input'),
  createRobot: ({ body }, harbor, nextId) => {
    const { name, ...fields } = body as { name: string; permissions: { namespace: string }[] };
    const full = `robot$${name}`;
    if (harbor.robots.some((it) => it.name === full)) return failed(409, `CONFLICT: robot ${name} exists`);
    if (missingProject(fields.permissions, harbor)) return failed(404, 'NOT_FOUND: project not found');
    const robot = { ...fields, id: nextId(), name: full, editable: true, disable: false, expires_at: -1 };
    harbor.robots.push(robot);
    const secret = randomBytes(24).toString('base64url');
    harbor.secrets.push(secret);
    return {
      status: 201,
      location: `/api/v2.0/robots/${robot.id}`,
      body: { id: robot.id, name: full, secret, expires_at: -1 },
    };
  },
  updateRobot: ({ parts, body }, harbor) => {
    const robot = harbor.robots.find(({ id }) => String(id) === parts[2]);
    if (robot === undefined) return failed(404, 'NOT_FOUND: robot not found');
    const changed = body as FakeRobot & { permissions: { namespace: string }[] };
    if (changed.name !== robot.name || changed['level'] !== robot['level'])
      return failed(400, 'BAD_REQUEST: cannot update the level or name of robot');
    if (missingProject(changed.permissions, harbor)) return failed(404, 'NOT_FOUND: project not found');
    Object.assign(robot, changed);
    return { status: 200 };
  },
  getRetention: ({ parts }, { retentions }) => {
    const found = retentions.find(({ id }) => String(id) === parts[2]);
    return found === undefined ? failed(404, 'NOT_FOUND: retention not found') : { status: 200, body: found };
  },
  createRetention: ({ body }, harbor, nextId) => {
    const { rules, scope } = body as {
      rules: { template: string; params: object }[];
      scope: { ref: number };
    };
    const project = harbor.projects.find(({ project_id }) => project_id === scope.ref);
    if (project === undefined) return failed(400, `BAD_REQUEST: invalid Project id ${scope.ref}`);
    if (project.metadata['retention_id'] !== undefined)
      return failed(400, `BAD_REQUEST: project ${scope.ref} already has retention policy`);
    const id = nextId();
    harbor.retentions.push({ id, rules });
    project.metadata['retention_id'] = String(id);
    return { status: 201, location: `/api/v2.0/retentions/${id}` };
  },
};

/** A project as the user may see it: who is no administrator is refused for a missing one, too. */
function withProject(
  { parts, user, byName }: Asked,
  { projects }: FakeHarbor,
  then: (project: FakeProject) => Said,
): Said {
  const project = projects.find(({ name, project_id }) =>
    byName || !/^\d+$/.test(parts[2] ?? '') ? name === parts[2] : String(project_id) === parts[2],
  );
  if (project !== undefined && (user === 'admin' || project.metadata['public'] === 'true'))
    return then(project);
  if (user === 'nobody') return failed(401, 'UNAUTHORIZED: unauthorized');
  return user === 'admin'
    ? failed(404, `NOT_FOUND: project ${parts[2]} not found`)
    : failed(403, 'FORBIDDEN: forbidden');
}

function missingProject(
  permissions: readonly { readonly namespace: string }[],
  { projects }: FakeHarbor,
): boolean {
  return permissions.some(
    ({ namespace }) => namespace !== '*' && !projects.some(({ name }) => name === namespace),
  );
}

function page<T>(items: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get('page_size') ?? 10);
  return items.slice((Number(query.get('page') ?? 1) - 1) * size).slice(0, size);
}

/** Harbor takes a wrong password as nobody, not as an error: public projects can still be read. */
function whoIs(authorization: string | undefined): User {
  const [, encoded = ''] = /^Basic (.+)$/.exec(authorization ?? '') ?? [];
  return logins[Buffer.from(encoded, 'base64').toString('utf8')] ?? 'nobody';
}

function fits({ path }: Operation, parts: readonly string[]): boolean {
  const wanted = path.split('/');
  return wanted.length === parts.length && wanted.every((it, index) => it === '{}' || it === parts[index]);
}

function failed(status: number, what: string): Said {
  return { status, body: errors(status, what) };
}

function errors(status: number, what: string): object {
  const [, code = String(status), message = what] = /^([A-Z_]+): (.*)$/.exec(what) ?? [];
  return { errors: [{ code, message }] };
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
