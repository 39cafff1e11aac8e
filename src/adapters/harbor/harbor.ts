import { isError } from '../../core/base/index.ts';
import { outcomeError } from '../../core/knowledge/mirrors/index.ts';
import { openApi, type ApiOptions } from './api.ts';
import { pullRobot, replicationPolicy, retentionPolicy, withPulls } from './bodies.ts';
import {
  createdRobotSchema,
  endpointSchema,
  healthSchema,
  infoSchema,
  projectSchema,
  replicationSchema,
  retentionSchema,
  robotSchema,
  ruleSchema,
  summarySchema,
} from './schemas.ts';
import type {
  HarborEndpoint,
  HarborInfo,
  HarborProject,
  HarborReplication,
  HarborRobot,
  HarborRobotSecret,
  HarborRule,
  HarborSummary,
} from './types.ts';

export type HarborOptions = ApiOptions;

/**
 * A Harbor by its API v2.0. It makes and reads, and deletes nothing. Every method may throw PM_HARBOR_UNAUTHORIZED,
 * PM_HARBOR_FORBIDDEN, PM_HARBOR_REFUSED, PM_REGISTRY_*, PM_TLS_UNTRUSTED.
 */
export type Harbor = {
  readonly host: string;
  /** Absent: nobody in particular, who sees public projects only. */
  readonly user: string | undefined;
  info(): Promise<HarborInfo>;
  /** Names of its components that are not healthy. */
  unhealthy(): Promise<readonly string[]>;
  project(name: string): Promise<HarborProject | undefined>;
  summary(project: string): Promise<HarborSummary>;
  /** Rules by which tags of a project cannot be pushed again. */
  immutableRules(project: string): Promise<readonly HarborRule[]>;
  endpoints(): Promise<readonly HarborEndpoint[]>;
  /** Rules by which tags are kept; everything else is deleted at the times of the policy. */
  retention(id: number): Promise<readonly HarborRule[]>;
  replications(): Promise<readonly HarborReplication[]>;
  robots(): Promise<readonly HarborRobot[]>;
  createEndpoint(endpoint: Pick<HarborEndpoint, 'name' | 'type' | 'url'>): Promise<number>;
  /** `endpoint`: the id of the one that a proxy project takes images from. */
  createProject(project: {
    readonly name: string;
    readonly isPublic: boolean;
    readonly endpoint?: number;
  }): Promise<void>;
  /** Keeps the newest tags of each repository of a project, and deletes the others each night. */
  createRetention(project: number, keepLast: number): Promise<void>;
  /** A rule that somebody starts by hand. */
  createReplication(replication: HarborReplication): Promise<void>;
  /** A robot of the whole Harbor that may pull from these projects and do nothing else. */
  createRobot(name: string, projects: readonly string[]): Promise<HarborRobotSecret>;
  /** Lets a robot pull from more projects; its secret stays. */
  extendRobot(robot: HarborRobot, projects: readonly string[]): Promise<void>;
};

export function openHarbor(options: HarborOptions): Harbor {
  const api = openApi(options);
  const { host } = options;
  const projectPath = (name: string) => `/projects/${encodeURIComponent(name)}`;
  return {
    host,
    user: options.login?.username,
    async info() {
      const info = await api.get('/systeminfo', infoSchema);
      const version = info?.harbor_version ?? undefined;
      return { readOnly: info?.read_only ?? false, ...(version === undefined ? {} : { version }) };
    },
    async unhealthy() {
      const { components } = (await api.get('/health', healthSchema)) ?? {};
      return (components ?? []).filter(({ status }) => status !== 'healthy').map(({ name }) => name);
    },
    async project(name) {
      try {
        return await api.get(projectPath(name), projectSchema);
      } catch (error) {
        // Who is no administrator is refused for a project that does not exist, too (goharbor/harbor#131).
        if (!isError(error, 'PM_HARBOR_FORBIDDEN')) throw error;
        if (await api.exists(`/projects?project_name=${encodeURIComponent(name)}`)) throw error;
        return undefined;
      }
    },
    summary: async (project) => (await api.get(`${projectPath(project)}/summary`, summarySchema)) ?? {},
    async immutableRules(project) {
      const rules = await api.list(`${projectPath(project)}/immutabletagrules`, ruleSchema);
      return rules.filter((it) => it !== undefined);
    },
    endpoints: async () => await api.list('/registries', endpointSchema),
    async retention(id) {
      const policy = await api.get(`/retentions/${id}`, retentionSchema);
      return (policy?.rules ?? []).filter((it) => it !== undefined);
    },
    replications: async () => await api.list('/replication/policies', replicationSchema),
    robots: async () => await api.list('/robots?q=Level%3Dsystem', robotSchema),
    createEndpoint: async (endpoint) =>
      (await api.send('POST', '/registries', { ...endpoint, insecure: false })).id,
    async createProject({ name, isPublic, endpoint }) {
      await api.send('POST', '/projects', {
        project_name: name,
        metadata: { public: String(isPublic) },
        ...(endpoint === undefined ? {} : { registry_id: endpoint }),
      });
    },
    async createRetention(project, keepLast) {
      await api.send('POST', '/retentions', retentionPolicy(project, keepLast));
    },
    async createReplication(replication) {
      await api.send('POST', '/replication/policies', replicationPolicy(replication));
    },
    async createRobot(name, projects) {
      const { body } = await api.send('POST', '/robots', pullRobot(name, projects));
      const created = createdRobotSchema.safeParse(body);
      if (created.success) return created.data;
      const detail = `POST /robots → the answer holds no secret`;
      throw outcomeError('not-a-registry', { who: host, detail });
    },
    async extendRobot({ id, raw }, projects) {
      const known = Array.isArray(raw['permissions']) ? (raw['permissions'] as readonly unknown[]) : [];
      await api.send('PUT', `/robots/${id}`, { ...raw, permissions: withPulls(known, projects) });
    },
  };
}
