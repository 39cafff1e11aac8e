import { parseAllDocuments } from 'yaml';
import { createProgress, ensureProgram, putBackParts } from '../../cluster/index.ts';
import { substitute, type Given, type NodeState } from '../file/index.ts';
import {
  keyOf,
  lastPart,
  nameOf,
  NODE_NUMBERS,
  placeImage,
  removeImages,
  waitFor,
  type KubeObject,
  type Look,
} from '../world/index.ts';
import { keyIn, read, Stop, variablesOf, type Context } from './context.ts';
import { changeUpstreams, makeImages } from './upstreams.ts';
import { breakNode } from './act/nodes.ts';
import { openApiProxy } from './api.ts';
import { openWebProxy } from './web-proxy.ts';
import { startWebhooks } from './webhooks.ts';
import { settleAtDesk } from './desk.ts';
import { seesFailing, seesReady } from './observe.ts';
import { runKubectl, tryHelm } from './kubectl.ts';
import { secretsIn } from './secrets.ts';

/** Marks the namespaces of the runner. */
export const SCENARIO_LABEL = 'pullmend-lab/scenario';

const ACCOUNT_WAIT_S = 30;
/** Deleting a definition of custom resources takes some seconds. */
const AFTERWARDS_MS = 60_000;

/** Makes the world of the scenario and proves that what must fail does fail. Throws Stop when it cannot fail. */
export async function prepare(context: Context): Promise<void> {
  const { scenario, lab } = context;
  await Promise.all([placeImages(context), makeNamespace(context), buildPrograms(context)]);
  if (scenario.given.webProxy) await openWebProxy(context);
  const { failing: _later, ...early } = scenario.given;
  const given = substitute({ ...early, manifests: [] }, variablesOf(context)) as Omit<Given, 'failing'>;
  await changeUpstreams(context, { hosts: {}, images: [], faults: given.faults, mended: [] });
  if (given.api !== undefined) await openApiProxy(context);
  await settleAtDesk(context, given);
  await breakNodes(context);
  // The scenario's own signal may have ended it.
  for (const command of given.afterwards.toReversed())
    context.cleanup.push(async () => {
      const signal = AbortSignal.timeout(AFTERWARDS_MS);
      await runKubectl({ ...context, signal }, command);
    });
  await startWebhooks(context, given.webhooks);
  await createManifests(context);
  for (const command of given.kubectl) await runKubectl(context, command);
  for (const command of given.helm) await tryHelm(context, command);
  if (given.helm.length > 0) await adoptReleases(context);
  // Names of pods may hold the UID of an object.
  const failing = substitute(scenario.given.failing, variablesOf(context));
  const proofs = await Promise.all([
    ...failing.map((one) => seesFailing(context, one, 'before')),
    ...given.ready.map((of) => seesReady(context, of, ACCOUNT_WAIT_S * 2)),
  ]);
  if (proofs.includes(false)) throw new Stop('the scenario cannot fail: its failure was not seen');
  await takeSnapshot(context);
  await context.api?.proxy.setRules(given.api ?? []);
  context.requestsBefore = (await lab.upstreams.requests()).last;
}

/** Old copies leave the nodes, new images go to the registries and, where the scenario says so, to nodes. */
async function placeImages(context: Context): Promise<void> {
  const { scenario, signal } = context;
  const images = substitute(scenario.given.images, variablesOf(context));
  const parts = images.map(({ name }) => lastPart(name));
  for (const part of scenario.isolation === 'namespace' ? parts : [])
    if (!part.startsWith(scenario.name))
      throw new Stop(`image ${part}: its last part must begin with ${scenario.name}`);
  const nodes = substitute(scenario.given.nodes, variablesOf(context));
  await Promise.all(NODE_NUMBERS.map((node) => removeImages(node, partsLacking(node, parts, nodes), signal)));
  await makeImages(context, images);
  for (const { node, present } of nodes) for (const one of present) await placeImage(node, one, signal);
}

/** A node that has an image keeps it: placing it again puts the right one in its place. */
function partsLacking(node: number, parts: readonly string[], nodes: readonly NodeState[]): string[] {
  const has = nodes.filter((one) => one.node === node).flatMap(({ present }) => present);
  const kept = has.map(({ image }) => lastPart(image));
  return parts.filter((part) => !kept.includes(part));
}

/** Nothing else runs beside such a scenario. */
async function breakNodes({ scenario, cleanup }: Context): Promise<void> {
  if (scenario.isolation === 'cluster') cleanup.push(putBackParts);
  for (const state of scenario.given.nodes) await breakNode(state);
}

/** Builds what the scenario runs in its pods; volumes that those make belong to no namespace. */
async function buildPrograms({ scenario, lab, ns, programs, cleanup }: Context): Promise<void> {
  const progress = createProgress();
  for (const name of scenario.given.programs) programs.set(name, await ensureProgram(name, progress));
  if (scenario.given.programs.length === 0) return;
  cleanup.push(async () => {
    const volumes = (await lab.kube.list('v1', 'PersistentVolume', undefined)) as readonly Volume[];
    const ours = volumes.filter(({ spec }) => spec?.claimRef?.namespace === ns);
    await Promise.all(ours.map((volume) => lab.kube.delete(nameOf(volume), undefined)));
  });
}

type Volume = KubeObject & { readonly spec?: { readonly claimRef?: { readonly namespace?: string } } };

async function makeNamespace({ lab, ns, scenario, signal }: Context): Promise<void> {
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ns, labels: { [SCENARIO_LABEL]: scenario.name } },
  };
  await lab.kube.create(namespace, undefined);
  // Pods are refused until the controller has made the account that they run as.
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', name: 'default' };
  const look = async () => ({ done: (await lab.kube.get(account, ns)) !== undefined, seen: undefined });
  const { done } = await waitFor(look, ACCOUNT_WAIT_S, signal);
  if (!done) throw new Stop(`namespace ${ns} has got no ServiceAccount in ${ACCOUNT_WAIT_S} s`);
}

async function createManifests(context: Context): Promise<void> {
  const { manifests } = context.scenario.given;
  const templates: readonly unknown[] =
    typeof manifests === 'string'
      ? parseAllDocuments(manifests).map((document) => document.toJS() as unknown)
      : manifests;
  for (const template of templates) {
    // One at a time: a later one may name the UID of an earlier one.
    const object = substitute(template, variablesOf(context)) as KubeObject;
    context.secrets.push(...secretsIn(object));
    const created = await createPatiently(context, object);
    context.objects.set(keyIn(context, created), created);
    if (created.metadata.namespace === undefined)
      context.cleanup.push(() => context.lab.kube.delete(nameOf(object), undefined));
  }
}

/** What charts may bring in scenarios; helm marks it (pkg/action/validate.go). */
const CHART_KINDS = [
  ['v1', 'Secret'],
  ['v1', 'ConfigMap'],
  ['v1', 'Service'],
  ['apps/v1', 'Deployment'],
  ['apps/v1', 'StatefulSet'],
  ['apps/v1', 'DaemonSet'],
] as const;

/** What helm has made counts as made by the scenario. */
async function adoptReleases(context: Context): Promise<void> {
  const { lab, ns } = context;
  for (const [apiVersion, kind] of CHART_KINDS) {
    for (const object of (await lab.kube.list(apiVersion, kind, ns)) as readonly KubeObject[]) {
      if (object.metadata.annotations?.['meta.helm.sh/release-name'] === undefined) continue;
      context.secrets.push(...secretsIn(object));
      context.objects.set(keyIn(context, object), object);
    }
  }
}

/** A custom resource is refused for a moment after its definition was made. */
async function createPatiently({ lab, ns, signal }: Context, object: KubeObject): Promise<KubeObject> {
  const attempt = async (): Promise<Look<KubeObject | Error>> => {
    try {
      return { done: true, seen: await lab.kube.create(object, object.metadata.namespace ?? ns) };
    } catch (error) {
      return { done: false, seen: error as Error };
    }
  };
  const { seen } = await waitFor(attempt, isBuiltIn(object) ? 0 : ACCOUNT_WAIT_S, signal);
  if (seen instanceof Error) throw new Stop(`${keyOf(object)}: ${seen.message}`);
  return seen;
}

function isBuiltIn({ apiVersion }: KubeObject): boolean {
  return !apiVersion.includes('.') || apiVersion.includes('.k8s.io/');
}

/** The objects as they are when everything fails and pullmend has not run yet. */
async function takeSnapshot(context: Context): Promise<void> {
  for (const key of context.objects.keys()) {
    const now = await read(context, key);
    if (now === undefined) throw new Stop(`${key} was gone before pullmend was started`);
    context.objects.set(key, now);
  }
}
