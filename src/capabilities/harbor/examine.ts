import type { Harbor, HarborProject, HarborSummary } from '../../adapters/harbor/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { parseReference } from '../../core/image/index.ts';
import { isAnonymous, originOf, projectsOf } from '../../core/knowledge/harbor/index.ts';
import { matchedHosts, mirrorReference } from '../../core/knowledge/mirrors/index.ts';
import type { Mirror } from '../../core/model/index.ts';
import type { HarborFinding, HarborReport } from './types.ts';

/** From here on a quota is told: a few more images fill it. */
const nearlyFull = 0.9;
/** Projects of one mirror that are looked at, each with a handful of requests. */
const maxProjects = 10;
/** One of Docker Hub's official images, for what a mirror makes of their names. */
const official = parseReference('docker.io/library/busybox:latest');

/** What a Harbor says about the mirror that stands on it; what cannot be seen is told, too. */
export async function examine(harbor: Harbor, mirror: Mirror): Promise<HarborReport> {
  const findings: HarborFinding[] = [];
  const { version, readOnly } = await harbor.info();
  const components = await harbor.unhealthy();
  if (components.length > 0) findings.push({ kind: 'components-unhealthy', level: 'problem', components });
  if (readOnly) findings.push({ kind: 'read-only', level: mirror.writable ? 'problem' : 'warning' });
  const projects = projectsOf(mirror);
  for (const project of typeof projects === 'string' ? [] : projects.slice(0, maxProjects)) {
    findings.push(...(await examineProject(harbor, mirror, project)));
  }
  return { ...(version === undefined ? {} : { version }), findings };
}

async function examineProject(
  harbor: Harbor,
  mirror: Mirror,
  name: string,
): Promise<readonly HarborFinding[]> {
  try {
    const project = await harbor.project(name);
    if (project === undefined) return [{ kind: 'project-missing', level: 'problem', project: name }];
    const summary = await harbor.summary(name);
    return [
      ...settings(project, mirror),
      ...role(project, summary, mirror),
      ...room(summary, name, mirror),
      ...(mirror.writable ? await immutable(harbor, name) : []),
    ];
  } catch (error) {
    if (isError(error, 'PM_HARBOR_UNAUTHORIZED') && harbor.user !== undefined)
      return [{ kind: 'login-refused', level: 'warning', user: harbor.user }];
    return isError(error, 'PM_HARBOR_UNAUTHORIZED') || isError(error, 'PM_HARBOR_FORBIDDEN')
      ? [{ kind: 'project-hidden', level: 'warning', project: name }]
      : [notSeen(error)];
  }
}

/** Settings of a project that keep images back. */
function settings({ name: project, metadata }: HarborProject, mirror: Mirror): readonly HarborFinding[] {
  const findings: HarborFinding[] = [];
  const on = (key: string) => metadata[key] === 'true';
  const level = 'warning';
  const { severity = '', proxy_cache_filter_pattern: pattern = '' } = metadata;
  if (isAnonymous(mirror) && !on('public'))
    findings.push({ kind: 'project-private', level: 'problem', project });
  if (on('prevent_vul')) findings.push({ kind: 'vulnerability-policy', level, project, severity });
  if (on('enable_content_trust') || on('enable_content_trust_cosign'))
    findings.push({ kind: 'signature-policy', level, project });
  if (pattern !== '') findings.push({ kind: 'proxy-filter', level, project, pattern });
  return findings;
}

/** Is the project what the mirror takes it for: a proxy of its registry, or a place for copies. */
function role(
  { name: project, isProxy }: HarborProject,
  { upstream }: HarborSummary,
  mirror: Mirror,
): readonly HarborFinding[] {
  const level = 'problem';
  if (!isProxy) return mirror.scheme === 'harbor-proxy' ? [{ kind: 'no-proxy', level, project }] : [];
  const findings: HarborFinding[] = [];
  if (mirror.writable) findings.push({ kind: 'push-to-proxy', level, project });
  if (upstream === undefined) return findings;
  const have = originOf(upstream);
  const hosts = matchedHosts(mirror.match);
  if (mirror.scheme === 'harbor-proxy' && hosts !== undefined && !hosts.includes(have))
    findings.push({ kind: 'other-upstream', level, project, have, want: hosts.join(', ') });
  if (upstream.status === 'unhealthy')
    findings.push({
      kind: 'endpoint-unhealthy',
      level,
      project,
      endpoint: upstream.name,
      url: upstream.url,
    });
  const named = have === 'docker.io' ? mirrorReference(mirror, official)?.repository : undefined;
  // Harbor since 2.7 redirects a pull without library/, others answer "not found".
  if (named !== undefined && !named.endsWith('/library/busybox'))
    findings.push({ kind: 'library-dropped', level: 'warning', project });
  return findings;
}

/** A full proxy still passes images on; a project for copies takes no more. */
function room({ quota }: HarborSummary, project: string, mirror: Mirror): readonly HarborFinding[] {
  if (quota === undefined || quota.limit <= 0 || quota.used < quota.limit * nearlyFull) return [];
  const level = mirror.writable && quota.used >= quota.limit ? 'problem' : 'warning';
  return [{ kind: 'quota', level, project, used: quota.used, limit: quota.limit }];
}

/** A tag that is there cannot be pushed again: copies of moving tags stay what they are. */
async function immutable(harbor: Harbor, project: string): Promise<readonly HarborFinding[]> {
  try {
    const rules = await harbor.immutableRules(project);
    if (rules.length === 0) return [];
    return [{ kind: 'immutable-tags', level: 'warning', project, tags: rules.flatMap(({ tags }) => tags) }];
  } catch (error) {
    return [notSeen(error)];
  }
}

/** What went wrong with the asking: the mirror may work all the same. Throws what no server caused. */
export function notSeen(error: unknown): HarborFinding {
  if (!(error instanceof PullmendError)) throw error;
  return { kind: 'not-seen', level: 'warning', where: error.where ?? error.code };
}
