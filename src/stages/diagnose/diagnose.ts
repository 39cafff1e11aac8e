import { formatReference, normaliseImage, tryParseReference } from '../../core/image/index.ts';
import { blamedImage, classify, failureClassInfo, weigh } from '../../core/knowledge/failures/index.ts';
import { originalOf } from '../../core/knowledge/mirrors/index.ts';
import { notTriedReason } from '../../core/knowledge/pods/index.ts';
import {
  objectName,
  pullProblem,
  sameObject,
  type Diagnosis,
  type Inventory,
  type Mirror,
  type ObjectRef,
  type OriginalName,
  type PullFailure,
  type PullProblem,
  type Usage,
} from '../../core/model/index.ts';
import { chainsTo } from './chains.ts';
import { refine } from './refine.ts';
import { problemName } from './problem-name.ts';

/**
 * One problem per image that does not arrive, whoever wants it: causes weighed, pods, owners and nodes gathered.
 * Most pods first, then by name. Pure; the same inventory gives the same list.
 */
export function diagnose(inventory: Inventory, mirrors: readonly Mirror[] = []): readonly PullProblem[] {
  const tried = inventory.failures
    .filter(({ reason }) => reason !== notTriedReason)
    .map((failure) => ({ failure, diagnosis: diagnosisOf(failure) }));
  const causes = [...tried, ...foreseen(inventory.failures, tried)];
  const byImage = Map.groupBy(causes, ({ failure, diagnosis }) => imageOf(failure, diagnosis));
  const usages = Map.groupBy(inventory.usages, (usage) => usage.reference ?? normaliseImage(usage.image));
  return [...byImage]
    .map(([image, found]) => problemOf(image, found, usages.get(image) ?? [], inventory, mirrors))
    .toSorted((a, b) => b.status.pods - a.status.pods || compareText(a.spec.image, b.spec.image));
}

/** Containers behind a failing init container: they share its cause when image or registry is the same. */
function foreseen(failures: readonly PullFailure[], tried: readonly Cause[]): readonly Cause[] {
  const waiting = failures.filter(({ reason }) => reason === notTriedReason);
  return waiting.flatMap((failure) => {
    const reference = tryParseReference(failure.image);
    const cause = tried.find(
      (one) =>
        sameObject(one.failure.pod, failure.pod) &&
        (normaliseImage(one.failure.image) === normaliseImage(failure.image) ||
          (failureClassInfo[one.diagnosis.class].registryWide === true &&
            tryParseReference(one.failure.image)?.registry === reference?.registry)),
    );
    if (cause === undefined) return [];
    return [{ failure, diagnosis: { ...cause.diagnosis, confidence: 'likely' as const } }];
  });
}

type Cause = { readonly failure: PullFailure; readonly diagnosis: Diagnosis };

function diagnosisOf(failure: PullFailure): Diagnosis {
  const { message, reason, image, runtime, secretWarning, pullPolicy } = failure;
  return classify({
    message,
    reason,
    image,
    ...(runtime !== undefined && { runtime }),
    ...(secretWarning !== undefined && { secretWarning }),
    ...(pullPolicy !== undefined && { pullPolicy }),
  });
}

/** Of a sandbox the pause image is to blame, which no pod names. */
function imageOf(failure: PullFailure, diagnosis: Diagnosis): string {
  const blamed = diagnosis.class === 'sandbox-image' ? blamedImage(failure.message) : undefined;
  return normaliseImage(blamed ?? failure.image);
}

function problemOf(
  image: string,
  causes: readonly Cause[],
  usages: readonly Usage[],
  { chains: allChains = [], deviations = [], pullSecrets = [], onNodes = {}, workloads }: Inventory,
  mirrors: readonly Mirror[],
): PullProblem {
  const failures = causes.map(({ failure }) => failure);
  const original = originalOfName(image, mirrors);
  const secrets = pullSecrets.filter((one) => one.image === image);
  const weighed = weigh(
    causes.map(({ failure: { pod }, diagnosis }) => {
      const own = secrets.filter(({ namespace }) => namespace === pod.namespace);
      return refine(diagnosis, { image, original, secrets: own });
    }),
    image,
  );
  const since = failures.flatMap((failure) => failure.since ?? []).toSorted(compareText)[0];
  const nodes = new Set(failures.flatMap((failure) => failure.node ?? []));
  const chains = chainsTo(allChains, failures);
  const marks = workloads
    .filter(({ ref }) => usages.some(({ object }) => sameObject(object, ref)))
    .flatMap(({ ref, managers }) =>
      managers.flatMap(({ effect, ...manager }) => (effect === 'gone' ? [{ object: ref, manager }] : [])),
    );
  const deliveries = workloads
    .filter(({ ref }) => usages.some(({ object }) => sameObject(object, ref)))
    .flatMap(({ ref, managers }) =>
      managers.flatMap(({ effect, ...manager }) =>
        effect === 'gone' || manager.sync === undefined ? [] : [{ object: ref, manager }],
      ),
    );
  const deviating = deviations.filter((one) => normaliseImage(one.image) === image);
  return pullProblem(
    problemName(image),
    { image, usages },
    {
      diagnosis: weighed?.decisive ?? classify({ message: '', image }),
      others: (weighed?.others ?? []).filter((other) => other.class !== 'unknown'),
      failures,
      pods: distinct(failures.map((failure) => failure.pod)).length,
      owners: distinct(failures.map((failure) => failure.owner)),
      nodes: [...nodes].toSorted(compareText),
      ...(since !== undefined && { since }),
      ...(chains.length > 0 && { chains }),
      ...(onNodes[image] !== undefined && { onNodes: onNodes[image] }),
      ...(marks.length > 0 && { staleMarks: marks }),
      ...(deliveries.length > 0 && { deliveries }),
      ...(secrets.length > 0 && { pullSecrets: secrets }),
      ...(original !== undefined && { original }),
      ...(deviating.length > 0 && { deviations: deviating }),
    },
  );
}

function originalOfName(image: string, mirrors: readonly Mirror[]): OriginalName | undefined {
  const reference = tryParseReference(image);
  const known = reference === undefined ? undefined : originalOf(reference, mirrors);
  return known && { image: formatReference(known.original), certainty: known.certainty };
}

/** Each object once, by name. */
function distinct(objects: readonly ObjectRef[]): readonly ObjectRef[] {
  const byName = new Map(objects.map((object) => [objectName(object), object]));
  return [...byName].toSorted(([a], [b]) => compareText(a, b)).map(([, object]) => object);
}

/** By code unit, so that the order does not depend on the machine's language. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
