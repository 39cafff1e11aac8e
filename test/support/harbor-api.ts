/**
 * What Harbor's API v2.0 takes, for the operations that are used here: after its description (api/v2.0/swagger.yaml)
 * and the checks of its handlers (src/server/v2.0/handler). Stricter in one thing: an unknown field, which Harbor
 * overlooks, is refused, as it is a mistake.
 */

export type Shape =
  | { readonly type: 'text'; readonly pattern?: RegExp; readonly oneOf?: readonly string[] }
  | { readonly type: 'integer'; readonly least?: number; readonly most?: number; readonly not?: number }
  | { readonly type: 'boolean' | 'anything' }
  | { readonly type: 'list'; readonly of: Shape; readonly least?: number; readonly most?: number }
  | {
      readonly type: 'object';
      readonly fields: Readonly<Record<string, Shape>>;
      readonly required?: readonly string[];
    };

export type Operation = {
  readonly id: string;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** `{}` stands for one part. */
  readonly path: string;
  /** Who may do it at all; a project's own rules come on top. */
  readonly for: 'anyone' | 'user' | 'admin';
  readonly query?: Readonly<Record<string, Shape>>;
  readonly requiredQuery?: readonly string[];
  readonly body?: Shape;
};

const text: Shape = { type: 'text' };
const flag: Shape = { type: 'boolean' };
const trueOrFalse: Shape = { type: 'text', oneOf: ['true', 'false'] };
const pages: Readonly<Record<string, Shape>> = {
  page: { type: 'integer', least: 1 },
  page_size: { type: 'integer', least: 1, most: 100 },
  q: text,
  sort: text,
};

const project: Shape = {
  type: 'object',
  required: ['project_name'],
  fields: {
    project_name: { type: 'text', pattern: /^(?=.{1,255}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/ },
    metadata: {
      type: 'object',
      fields: { public: trueOrFalse, prevent_vul: trueOrFalse, severity: text, proxy_speed_kb: text },
    },
    registry_id: { type: 'integer', least: 1 },
    storage_limit: { type: 'integer', least: -1 },
  },
};

const endpoint: Shape = {
  type: 'object',
  required: ['name', 'type', 'url'],
  fields: {
    name: { type: 'text', pattern: /./ },
    description: text,
    type: {
      type: 'text',
      oneOf: ['docker-hub', 'docker-registry', 'harbor', 'github-ghcr', 'quay', 'google-gcr', 'aws-ecr'],
    },
    url: { type: 'text', pattern: /^https?:\/\/[^/\s]+/ },
    insecure: flag,
    credential: {
      type: 'object',
      fields: { type: text, access_key: text, access_secret: text },
    },
  },
};

const access: Shape = {
  type: 'object',
  required: ['resource', 'action'],
  fields: {
    resource: { type: 'text', oneOf: ['repository', 'artifact', 'tag'] },
    action: { type: 'text', oneOf: ['pull', 'push', 'list', 'read', 'create', 'delete'] },
    effect: text,
  },
};

const permissions: Shape = {
  type: 'list',
  least: 1,
  of: {
    type: 'object',
    required: ['kind', 'namespace', 'access'],
    fields: {
      kind: { type: 'text', oneOf: ['project', 'system'] },
      namespace: { type: 'text', pattern: /./ },
      access: { type: 'list', least: 1, of: access },
    },
  },
};

/** Days: -1 for ever, or at least one. */
const duration: Shape = { type: 'integer', least: -1, not: 0 };
const level: Shape = { type: 'text', oneOf: ['project', 'system'] };

const newRobot: Shape = {
  type: 'object',
  required: ['name', 'level', 'duration', 'permissions'],
  fields: {
    name: { type: 'text', pattern: /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/ },
    description: text,
    level,
    duration,
    disable: flag,
    permissions,
  },
};

const robot: Shape = {
  type: 'object',
  required: ['name', 'level', 'permissions'],
  fields: {
    id: { type: 'integer' },
    name: text,
    description: text,
    level,
    duration,
    disable: flag,
    editable: flag,
    expires_at: { type: 'integer' },
    creation_time: text,
    permissions,
  },
};

const selectors = (kinds: readonly string[]): Shape => ({
  type: 'list',
  least: 1,
  of: {
    type: 'object',
    required: ['kind', 'decoration', 'pattern'],
    fields: {
      kind: { type: 'text', oneOf: ['doublestar'] },
      decoration: { type: 'text', oneOf: kinds },
      pattern: text,
      extras: text,
    },
  },
});

const retention: Shape = {
  type: 'object',
  required: ['algorithm', 'rules', 'trigger', 'scope'],
  fields: {
    algorithm: { type: 'text', oneOf: ['or'] },
    rules: {
      type: 'list',
      most: 15,
      of: {
        type: 'object',
        required: ['action', 'template', 'params', 'tag_selectors', 'scope_selectors'],
        fields: {
          disabled: flag,
          action: { type: 'text', oneOf: ['retain'] },
          template: {
            type: 'text',
            oneOf: ['latestPushedK', 'latestPulledN', 'nDaysSinceLastPull', 'always'],
          },
          // The description says objects; Harbor's own page sends numbers, and the handler takes them.
          params: { type: 'object', fields: { latestPushedK: { type: 'integer', least: 1 } } },
          tag_selectors: selectors(['matches', 'excludes']),
          scope_selectors: {
            type: 'object',
            required: ['repository'],
            fields: { repository: selectors(['repoMatches', 'repoExcludes']) },
          },
        },
      },
    },
    trigger: {
      type: 'object',
      required: ['kind', 'settings'],
      fields: {
        kind: { type: 'text', oneOf: ['Schedule'] },
        // Six fields, with seconds; and not every second.
        settings: {
          type: 'object',
          required: ['cron'],
          fields: { cron: { type: 'text', pattern: /^$|^0( \S+){5}$/ } },
        },
      },
    },
    scope: {
      type: 'object',
      required: ['level', 'ref'],
      fields: { level: { type: 'text', oneOf: ['project'] }, ref: { type: 'integer', least: 1 } },
    },
  },
};

const registryOfRule: Shape = {
  type: 'object',
  required: ['id'],
  fields: { id: { type: 'integer', least: 1 } },
};

const replication: Shape = {
  type: 'object',
  required: ['name'],
  fields: {
    name: { type: 'text', pattern: /./ },
    src_registry: registryOfRule,
    dest_registry: registryOfRule,
    dest_namespace: {
      type: 'text',
      pattern: /^$|^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    },
    dest_namespace_replace_count: { type: 'integer', least: -1, most: 127 },
    trigger: {
      type: 'object',
      required: ['type'],
      fields: { type: { type: 'text', oneOf: ['manual', 'scheduled', 'event_based'] } },
    },
    filters: {
      type: 'list',
      of: {
        type: 'object',
        required: ['type', 'value'],
        fields: {
          type: { type: 'text', oneOf: ['name', 'tag', 'label', 'resource'] },
          value: { type: 'anything' },
          decoration: { type: 'text', oneOf: ['', 'matches', 'excludes'] },
        },
      },
    },
    override: flag,
    enabled: flag,
  },
};

export const operations: readonly Operation[] = [
  { id: 'ping', method: 'GET', path: '/ping', for: 'anyone' },
  { id: 'systeminfo', method: 'GET', path: '/systeminfo', for: 'anyone' },
  { id: 'health', method: 'GET', path: '/health', for: 'anyone' },
  {
    id: 'headProject',
    method: 'HEAD',
    path: '/projects',
    for: 'user',
    query: { project_name: text },
    requiredQuery: ['project_name'],
  },
  { id: 'createProject', method: 'POST', path: '/projects', for: 'user', body: project },
  { id: 'getProject', method: 'GET', path: '/projects/{}', for: 'anyone' },
  { id: 'summary', method: 'GET', path: '/projects/{}/summary', for: 'anyone' },
  { id: 'immutable', method: 'GET', path: '/projects/{}/immutabletagrules', for: 'user', query: pages },
  { id: 'listEndpoints', method: 'GET', path: '/registries', for: 'admin', query: { ...pages, name: text } },
  { id: 'createEndpoint', method: 'POST', path: '/registries', for: 'admin', body: endpoint },
  { id: 'listRules', method: 'GET', path: '/replication/policies', for: 'admin', query: pages },
  { id: 'createRule', method: 'POST', path: '/replication/policies', for: 'admin', body: replication },
  { id: 'listRobots', method: 'GET', path: '/robots', for: 'admin', query: pages },
  { id: 'createRobot', method: 'POST', path: '/robots', for: 'admin', body: newRobot },
  { id: 'updateRobot', method: 'PUT', path: '/robots/{}', for: 'admin', body: robot },
  { id: 'getRetention', method: 'GET', path: '/retentions/{}', for: 'user' },
  { id: 'createRetention', method: 'POST', path: '/retentions', for: 'user', body: retention },
];

/** What is wrong with a value, with its place; `undefined` for nothing. */
export function mistake(value: unknown, shape: Shape, place: string): string | undefined {
  switch (shape.type) {
    case 'anything':
      return undefined;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${place} must be of type boolean`;
    case 'text':
      if (typeof value !== 'string') return `${place} must be of type string`;
      if (shape.oneOf !== undefined && !shape.oneOf.includes(value))
        return `${place} in body should be one of ${shape.oneOf.join(' ')}`;
      return shape.pattern?.test(value) === false
        ? `${place} should match ${shape.pattern.source}`
        : undefined;
    case 'integer': {
      if (typeof value !== 'number' || !Number.isInteger(value)) return `${place} must be of type int64`;
      const { least = -Infinity, most = Infinity, not } = shape;
      return value < least || value > most || value === not
        ? `${place} is out of range: ${value}`
        : undefined;
    }
    case 'list': {
      if (!Array.isArray(value)) return `${place} must be of type array`;
      const { least = 0, most = Infinity, of } = shape;
      if (value.length < least || value.length > most) return `${place} has ${value.length} items`;
      return firstOf(value.map((it, index) => mistake(it, of, `${place}.${index}`)));
    }
    case 'object': {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        return `${place} must be of type object`;
      const missing = (shape.required ?? []).find((key) => !Object.hasOwn(value, key));
      if (missing !== undefined) return `${place}.${missing} is required`;
      return firstOf(
        Object.entries(value).map(([key, it]) => {
          const field = shape.fields[key];
          return field === undefined ? `${place}.${key} is unknown` : mistake(it, field, `${place}.${key}`);
        }),
      );
    }
  }
}

/** What is wrong with a query. */
export function queryMistake(query: URLSearchParams, operation: Operation): string | undefined {
  const missing = operation.requiredQuery?.find((name) => !query.has(name));
  if (missing !== undefined) return `${missing} in query is required`;
  return firstOf(
    [...query].map(([name, value]) => {
      const shape = operation.query?.[name];
      if (shape === undefined) return `${name} in query is unknown`;
      return mistake(shape.type === 'integer' ? Number(value) : value, shape, `${name} in query`);
    }),
  );
}

function firstOf(mistakes: readonly (string | undefined)[]): string | undefined {
  return mistakes.find((it) => it !== undefined);
}
