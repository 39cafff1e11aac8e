import type { World } from '../../access/index.ts';
import { isWhole, type Helm, type StoredRelease } from '../../adapters/helm/index.ts';
import { isError, PullmendError } from '../../core/base/index.ts';
import { joinValues } from '../../core/edit/index.ts';
import { normaliseImage } from '../../core/image/index.ts';
import { resourceName } from '../../core/knowledge/pods/index.ts';
import {
  objectName,
  type ChartSource,
  type HelmUpgradeStep,
  type JsonObject,
  type NotByValues,
  type ReleaseChange,
  type ValuesRefusal,
} from '../../core/model/index.ts';
import type { Kube } from '../../adapters/kube/index.ts';
import type { PlanInput, ReleaseFact } from '../../stages/plan/index.ts';
import {
  broughtBy,
  changesBetween,
  driftOf,
  isOfImages,
  newestRevision,
  rightsOf,
  withChartFrom,
} from '../../steps/index.ts';
import { withChart, type ChartOverride } from '../chart/index.ts';
import { chartsOf } from './charts.ts';
import type { StuckRelease } from './facts.ts';

type Upgrade = ReleaseFact['upgrade'];
type Refused = Extract<Upgrade, { readonly ok: false }>;

/** Of a revision that did not come to its end and may be brought there. */
const unfinishedStates: readonly NonNullable<HelmUpgradeStep['unfinished']>[] = [
  'failed',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
];

/** Above this a release is no matter of one look at each of its objects. */
const mostObjects = 300;

/** How the release would be upgraded so that its images are the copies, or why that is not to be done. */
export async function draftUpgrade(
  stuck: StuckRelease,
  helm: Helm,
  kubeVersion: string | undefined,
  { outside }: World,
  options: Pick<PlanInput['options'], 'releaseChart'> = {},
): Promise<Upgrade> {
  const kube = await outside.kube();
  try {
    const found = await newestRevision(stuck.ref, {
      list: async (kind, where) => await kube.list(kind, where),
    });
    if (found === undefined) return refused('no-right', 'no revision');
    const { release, driver } = found;
    const unfinished = unfinishedStates.find((state) => state === release.status);
    if (unfinished === undefined && release.status !== 'deployed')
      return refused('unfinished', release.status);
    const hook = unfinished === undefined ? undefined : hookLeft(release);
    if (hook !== undefined) return refused('unfinished', `${release.status}, ${hook}`);
    if (release.isServerSide && !(await helm.version()).startsWith('v4')) return refused('older-helm');
    return await firstPossible(
      { stuck, release, driver, helm, kube, kubeVersion, unfinished },
      await chartsOf(release, helm, options.releaseChart),
    );
  } catch (error) {
    return refusedBy(error);
  }
}

function refusedBy(error: unknown): Refused {
  if (!(error instanceof PullmendError)) throw error;
  if (isError(error, 'PM_FORBIDDEN')) return refused('no-right', error.message);
  if (error.code.startsWith('PM_HELM') || error.code.startsWith('PM_CHART') || isBroken(error))
    return refused('fails', error.message);
  throw error;
}

function isBroken({ code }: PullmendError): boolean {
  return code === 'PM_RELEASE_BROKEN' || code === 'PM_FILE_BROKEN';
}

/** An override, and the chart that it was found in. */
type Draft = { readonly source: ChartSource; readonly override: JsonObject };

/** The upgrade with the first chart that allows one; where none can be had, with the objects themselves. */
async function firstPossible(given: Case, sources: readonly ChartSource[]): Promise<Upgrade> {
  let first: Refused | undefined;
  for (const source of sources) {
    const upgrade = await upgradeFrom(source, given).catch((error: unknown) => refusedBy(error));
    if (upgrade.ok) return upgrade;
    first ??= upgrade;
  }
  if (isWhole(given.release.chart)) return first ?? refused('no-chart');
  const flat = await checked(given, { source: { from: 'manifest' }, override: {} });
  return flat.ok ? flat : (first ?? flat);
}

async function upgradeFrom(source: ChartSource, given: Case): Promise<Upgrade> {
  const { release, stuck, helm, kubeVersion } = given;
  const found = await withChartFrom(
    release,
    source,
    [],
    helm,
    async (chart) =>
      await withChart(
        {
          chart,
          release: release.name,
          namespace: release.namespace,
          given: release.values,
          ...(kubeVersion === undefined ? {} : { kubeVersion }),
        },
        helm,
        async (opened) => await opened.find(targetOf(stuck)),
      ),
  );
  const left = leftBy(found, stuck);
  if (left !== undefined)
    return refused('no-value', left, found.moved.length === 0 ? undefined : found.values);
  return await checked(given, { source, override: found.values });
}

/** Names as they are written in the objects, so that what comes out is what was chosen. */
function targetOf({ patches }: StuckRelease) {
  const to = new Map(
    patches.flatMap(({ expect }) =>
      expect.map(({ imageBefore, imageAfter }) => [normaliseImage(imageBefore), imageAfter] as const),
    ),
  );
  return (image: string, place: string): string | undefined =>
    place === 'registry' ? undefined : to.get(normaliseImage(image));
}

/** The place of an image that no value reaches, of those that the workloads wait for. */
function leftBy({ unmoved }: ChartOverride, { patches }: StuckRelease): string | undefined {
  const wanted = new Set(
    patches.flatMap(({ expect }) => expect.map((one) => normaliseImage(one.imageBefore))),
  );
  const left = unmoved.find(({ usage }) => wanted.has(normaliseImage(usage.image)));
  return left === undefined ? undefined : `${left.usage.object.template}: ${left.usage.image}`;
}

type Case = {
  readonly stuck: StuckRelease;
  readonly release: StoredRelease;
  readonly driver: 'secret' | 'configmap';
  readonly helm: Helm;
  readonly kube: Kube;
  readonly kubeVersion: string | undefined;
  readonly unfinished: HelmUpgradeStep['unfinished'] | undefined;
};

/** The upgrade as the API server renders it: nothing but images may change, and nobody's writes be lost. */
async function checked(given: Case, draft: Draft): Promise<Upgrade> {
  const { stuck, release, driver, kube, unfinished } = given;
  const { source, override } = draft;
  const old = broughtBy(release);
  if (old.length > mostObjects) return refused('fails', `${old.length} objects`);
  const pairs = stuck.patches.flatMap(({ expect }) =>
    expect.map(({ imageBefore, imageAfter }) => [imageBefore, imageAfter] as const),
  );
  const planned = source.from === 'manifest' ? inPlace(old, pairs) : [];
  const young = await withChartFrom(release, source, planned, given.helm, async (chart) =>
    broughtBy(await tried(given, chart, joinValues(release.values, override))),
  );
  const changes = changesBetween(old, young);
  if (changes.length === 0) return refused('no-value');
  const strange = changes.find((change) => !isOfImages(change, pairs) || change.object.kind === 'Job');
  if (strange !== undefined)
    return refused('other-changes', `${objectName(strange.object)} ${strange.path}`, override);
  const drift = await driftOf(old, young, kube, { strict: unfinished !== undefined });
  if (drift !== undefined) {
    const { object, path = '', by = '' } = drift;
    return refused('edited', [object, path, by].filter((one) => one !== '').join(' '), override);
  }
  const resources = [...new Set(old.map(({ ref }) => resourceName(ref)))];
  const step: FoundStep = {
    kind: 'helm-upgrade',
    object: stuck.ref,
    revision: release.version,
    driver,
    chart: source,
    override,
    changes,
    resources,
    ...(release.isServerSide ? { serverSide: true as const } : {}),
    ...(unfinished === undefined ? {} : { unfinished }),
  };
  const missing = await missingRight(step, kube);
  return missing === undefined ? { ok: true, step } : refused('no-right', missing, override);
}

type FoundStep = Extract<Upgrade, { readonly ok: true }>['step'];

/** Whoever may not upgrade the release may still patch its objects. */
async function missingRight(step: FoundStep, kube: Kube): Promise<string | undefined> {
  const needed = rightsOf({ ...step, id: '', needs: [], expect: [], workloads: [] });
  const allowed = await Promise.all(needed.map(async (right) => await kube.can(right)));
  const missing = needed.find((_, index) => allowed[index] === false);
  return missing === undefined ? undefined : `${missing.verb} ${missing.resource}`;
}

/** What an upgrade would make; helm tries none while the release waits, so that it is only rendered then. */
async function tried(
  { release, driver, helm, kubeVersion, unfinished }: Case,
  chart: string,
  values: JsonObject,
): Promise<StoredRelease> {
  const { name, namespace } = release;
  if (unfinished === undefined || unfinished === 'failed')
    return await helm.upgrade(name, chart, {
      namespace,
      driver,
      values,
      description: 'pullmend',
      dryRun: true,
    });
  const how = { release: name, namespace, values, noHooks: true };
  const version = kubeVersion === undefined ? {} : { kubeVersion };
  return { ...release, manifest: await helm.template(chart, { ...how, ...version }) };
}

/** A hook that was to run after what was cut: no upgrade runs it in its place. */
function hookLeft({ hooks }: StoredRelease): string | undefined {
  return hooks
    .flatMap(({ events }) => events)
    .find((event) => /^post-(?:install|upgrade|rollback)$/.test(event));
}

/** The images of the workloads in the objects of the manifest. */
function inPlace(
  old: ReturnType<typeof broughtBy>,
  pairs: readonly (readonly [string, string])[],
): readonly ReleaseChange[] {
  const young = old.map(({ ref, object }) => ({
    ref,
    object: renamed(object, new Map(pairs)) as JsonObject,
  }));
  return changesBetween(old, young);
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, entry: unknown) =>
      key === 'image' && typeof entry === 'string' ? (names.get(entry) ?? entry) : entry,
    ),
  );
}

function refused(why: ValuesRefusal, detail?: string, override?: JsonObject): Refused {
  const refusal: NotByValues = {
    why,
    ...(detail === undefined ? {} : { detail }),
    ...(override === undefined ? {} : { override }),
  };
  return { ok: false, refusal };
}
