import type { Harbor, HarborEndpoint, HarborProject } from '../../adapters/harbor/index.ts';
import { PullmendError, type HarborDifference } from '../../core/base/index.ts';
import {
  endpointFor,
  originOf,
  type HarborNeed,
  type Replication,
} from '../../core/knowledge/harbor/index.ts';
import type { SetupKept, SetupPlan, SetupStep, SetupWishes } from './types.ts';

/** The robot that is made for pulling; Harbor puts a prefix before it that can be set, usually `robot$`. */
const robotName = 'pullmend-pull';
/** Not that of a project (`robot$project+name`), nor one whose longer name ends so. */
const ourRobot = new RegExp(`(?:^|[^a-z0-9._+-])${robotName}$`);

/**
 * What is missing on a Harbor for these projects; reads, and changes nothing. Throws PM_HARBOR_DIFFERS for what is
 * there and is something else, PM_HARBOR_UNSUITABLE for mirrors that contradict one another, and as `Harbor`.
 *
 * @param now milliseconds since 1970
 */
export async function planSetup(
  harbor: Harbor,
  needs: readonly HarborNeed[],
  { keepLast, replications, robot }: SetupWishes,
  now: number,
): Promise<SetupPlan> {
  const projects = joined(needs);
  const steps: SetupStep[] = [];
  const kept: SetupKept[] = [];
  const { host } = harbor;
  let endpoints: readonly HarborEndpoint[] | undefined;
  for (const { project: name, upstream, isPublic } of projects) {
    const found = await harbor.project(name);
    if (found === undefined) {
      if (upstream !== undefined) {
        endpoints ??= await harbor.endpoints();
        addEndpoint(host, upstream, endpoints, { steps, kept });
      }
      steps.push({
        action: 'create-project',
        host,
        name,
        isPublic,
        ...(upstream === undefined ? {} : { upstream }),
      });
    } else {
      await mustServe(harbor, found, upstream);
      if (isPublic && found.metadata['public'] !== 'true') throw differs('private', { host, name });
      kept.push({ host, what: 'project', name });
    }
    if (keepLast !== undefined && upstream === undefined) {
      if (await hasRetention(harbor, found, keepLast)) kept.push({ host, what: 'retention', name });
      else steps.push({ action: 'create-retention', host, name, keepLast });
    }
  }
  await addReplications(harbor, replications, { steps, kept });
  const names = projects.map(({ project }) => project);
  if (robot && names.length > 0) await addRobot(harbor, names, { steps, kept }, now);
  return { steps, kept };
}

type Growing = { readonly steps: SetupStep[]; readonly kept: SetupKept[] };

/** One need for each project; public when one of its mirrors is used without credentials. */
function joined(needs: readonly HarborNeed[]): readonly HarborNeed[] {
  const byProject = new Map<string, HarborNeed>();
  for (const need of needs) {
    const known = byProject.get(need.project) ?? need;
    if (known.upstream !== need.upstream)
      throw new PullmendError('PM_HARBOR_UNSUITABLE', { mirror: need.mirror, reason: 'upstreams' });
    byProject.set(need.project, { ...need, isPublic: known.isPublic || need.isPublic });
  }
  return [...byProject.values()];
}

function addEndpoint(
  host: string,
  upstream: string,
  endpoints: readonly HarborEndpoint[],
  { steps, kept }: Growing,
): void {
  const made = steps.some((it) => it.action === 'create-endpoint' && it.name === upstream);
  const known = endpointTo(upstream, endpoints);
  const wanted = endpointFor(upstream);
  if (known !== undefined) {
    if (!kept.some(({ what, name }) => what === 'endpoint' && name === known.name))
      kept.push({ host, what: 'endpoint', name: known.name });
  } else if (!made) {
    const taken = endpoints.find(({ name }) => name === wanted.name);
    if (taken !== undefined)
      throw differs('endpoint', { host, name: taken.name, have: taken.url, want: wanted.url });
    steps.push({ action: 'create-endpoint', host, ...wanted });
  }
}

/** Types of endpoints that Harbor makes proxy projects of (src/controller/proxy, "registry types supported by proxy cache"). */
const proxied: ReadonlySet<string> = new Set([
  'ali-acr',
  'aws-ecr',
  'azure-acr',
  'docker-hub',
  'docker-registry',
  'github-ghcr',
  'google-gcr',
  'harbor',
  'jfrog-artifactory',
  'quay',
]);

/** The endpoint of a registry, a healthy one first. */
export function endpointTo(
  upstream: string,
  endpoints: readonly HarborEndpoint[],
): HarborEndpoint | undefined {
  const fitting = endpoints.filter((it) => originOf(it) === upstream && proxied.has(it.type));
  return fitting.find(({ status }) => status === 'healthy') ?? fitting[0];
}

/** Throws PM_HARBOR_DIFFERS for a project that is there and is something else. */
async function mustServe(
  harbor: Harbor,
  { name, isProxy }: HarborProject,
  want: string | undefined,
): Promise<void> {
  const { host } = harbor;
  if (!isProxy) {
    if (want !== undefined) throw differs('no-proxy', { host, name, want });
    return;
  }
  const { upstream } = await harbor.summary(name);
  const have = upstream === undefined ? '?' : originOf(upstream);
  if (want === undefined) throw differs('is-proxy', { host, name, have });
  if (have !== want) throw differs('other-upstream', { host, name, have, want });
}

async function hasRetention(
  harbor: Harbor,
  project: HarborProject | undefined,
  keepLast: number,
): Promise<boolean> {
  const id = project?.metadata['retention_id'];
  if (project === undefined || id === undefined || id === '') return false;
  const rules = await harbor.retention(Number(id));
  const same = rules.every(
    (it) =>
      it.template === 'latestPushedK' &&
      Number(it.params[it.template]) === keepLast &&
      it.tags.every((tag) => tag === '**'),
  );
  if (rules.length > 0 && same) return true;
  const have = rules.map((it) => [it.template, it.params[it.template] ?? ''].join(' ').trim()).join(', ');
  const { host } = harbor;
  throw differs('retention', {
    host,
    name: project.name,
    have: have || '-',
    want: `latestPushedK ${keepLast}`,
  });
}

async function addReplications(
  harbor: Harbor,
  replications: readonly Replication[],
  { steps, kept }: Growing,
): Promise<void> {
  if (replications.length === 0) return;
  const { host } = harbor;
  const known = await harbor.replications();
  const endpoints = await harbor.endpoints();
  for (const replication of replications) {
    const { name, upstream } = replication;
    const found = known.find((it) => it.name === name);
    if (found === undefined) {
      addEndpoint(host, upstream, endpoints, { steps, kept });
      steps.push({ action: 'create-replication', host, ...replication });
      continue;
    }
    const source = endpoints.find(({ id }) => id === found.source);
    const upstreamOfFound = source === undefined ? '?' : originOf(source);
    const have = [ruleText({ ...found, upstream: upstreamOfFound }), ...(found.also ?? [])].join(', ');
    const want = ruleText(replication);
    if (have !== want) throw differs('replication', { host, name, have, want });
    kept.push({ host, what: 'replication', name });
  }
}

function ruleText({ upstream, filter, namespace, replaced }: Omit<Replication, 'name'>): string {
  return `${upstream}/${filter} → ${namespace} (${replaced})`;
}

async function addRobot(
  harbor: Harbor,
  projects: readonly string[],
  { steps, kept }: Growing,
  now: number,
): Promise<void> {
  const { host } = harbor;
  const known = (await harbor.robots()).find(({ name }) => ourRobot.test(name));
  if (known === undefined) {
    steps.push({ action: 'create-robot', host, name: robotName, projects });
    return;
  }
  const { expiresAt = Infinity } = known;
  if (known.disabled) throw differs('robot', { host, name: known.name });
  if (expiresAt <= now)
    throw differs('robot-expired', { host, name: known.name, have: new Date(expiresAt).toISOString() });
  const missing = projects.filter((it) => !known.pullsFrom.includes(it) && !known.pullsFrom.includes('*'));
  if (missing.length === 0) kept.push({ host, what: 'robot', name: known.name });
  else steps.push({ action: 'extend-robot', host, name: known.name, projects: missing });
}

function differs(
  reason: HarborDifference,
  what: { readonly host: string; readonly name: string; readonly have?: string; readonly want?: string },
): PullmendError {
  return new PullmendError('PM_HARBOR_DIFFERS', { have: '', want: '', ...what, reason });
}
