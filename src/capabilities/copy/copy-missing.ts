import { PullmendError } from '../../core/base/index.ts';
import { parseReference, type Reference } from '../../core/image/index.ts';
import { isMirrored, outcomeOf } from '../../core/knowledge/mirrors/index.ts';
import type { CopyImageStep } from '../../core/model/index.ts';
import type { CopyPair, CopyTotals } from './types.ts';
import { openCopying, type Copying } from './copying.ts';
import type { World } from '../../access/index.ts';

type Outcome = PullmendError | undefined;

/**
 * Makes the copies of a plan as one job, so that what they share leaves its registry once. The outcome of each is told
 * when its step asks for it.
 *
 * Errors of a step: PM_COPY_REFUSED, PM_COPY_TAGGED_OTHERWISE for a name that stands for another image by now,
 * PM_MIRROR_NOT_WRITABLE for a mirror that the configuration here does not let be written to, PM_REGISTRY_*.
 */
export function startCopies(
  steps: readonly CopyImageStep[],
  { dryRun }: { readonly dryRun: boolean },
  world: World,
): (step: CopyImageStep) => Promise<void> {
  let job: Promise<ReadonlyMap<string, Outcome>> | undefined;
  return async (step) => {
    job ??= copyAll(steps, dryRun, world);
    const error = (await job).get(step.id);
    if (error !== undefined) throw error;
  };
}

async function copyAll(
  steps: readonly CopyImageStep[],
  dryRun: boolean,
  { options }: World,
): Promise<ReadonlyMap<string, Outcome>> {
  const [first] = steps;
  const copying = await openCopying({
    ...options,
    onEvent: (event) => {
      if (event.type !== 'progress' || first === undefined) return;
      options.onEvent({ type: 'copying', step: first, ...bytesOf(event.totals) });
    },
  });
  try {
    const wanted = await Promise.all(
      steps.map(async (step) => ({ step, error: await failure(() => checkTarget(step, copying)) })),
    );
    const free = wanted.flatMap(({ step, error }) => (error === undefined ? [step] : []));
    const { results } = await copying.copy(free.map(pairOf), { platforms: [], dryRun });
    const done = await Promise.all(
      free.map(async (step, index) => {
        const result = results[index];
        const error = result?.error ?? (await failure(() => prove(step, result?.state, copying)));
        return [step.id, error && refusal(step, error)] as const;
      }),
    );
    return new Map([...wanted.map(({ step, error }) => [step.id, error] as const), ...done]);
  } finally {
    await copying.close();
  }
}

function bytesOf({ bytesSent, bytesPlanned }: CopyTotals) {
  return { sent: bytesSent, planned: bytesPlanned };
}

/** By its digest: the name of the original may lead elsewhere by now, and the plan was agreed to for this content. */
function pairOf({ source, target, digest }: CopyImageStep): CopyPair {
  const { registry, repository } = parseReference(source);
  return { source: { registry, repository, digest }, target: parseReference(target) };
}

/** A tag that exists is never moved: something may run from it. */
async function checkTarget(step: CopyImageStep, copying: Copying): Promise<void> {
  const target = parseReference(step.target);
  if (!isMirrored(copying.mirror(step.mirror), target)) {
    const problem = `${step.id}: ${step.target} is not on mirror ${step.mirror}`;
    throw new PullmendError('PM_PLAN_INVALID', { problem });
  }
  const found = await headOf(target, copying);
  if (found === undefined || found === step.digest) return;
  throw new PullmendError('PM_COPY_TAGGED_OTHERWISE', { target: step.target, found, wanted: step.digest });
}

/** What a copier says it did is not believed: the mirror must give the digest under the name that pods will ask for. */
async function prove(step: CopyImageStep, state: string | undefined, copying: Copying): Promise<void> {
  const target = parseReference(step.target);
  if (state === 'would-copy') {
    await copying.checkPush(target);
    return;
  }
  const found = await headOf(target, copying);
  if (found === step.digest) return;
  throw new PullmendError('PM_COPY_TAGGED_OTHERWISE', {
    target: step.target,
    found: found ?? '–',
    wanted: step.digest,
  });
}

/** A refusal by the mirror itself, which knows the name by now: what is missing is the right to write. */
function refusal({ mirror, target }: CopyImageStep, error: PullmendError): PullmendError {
  const { who } = error.params as { readonly who?: string };
  const denied = ['unauthorized', 'forbidden', 'not-a-registry'].includes(outcomeOf(error) ?? '');
  if (!denied || who !== parseReference(target).registry) return error;
  const { where } = error;
  return new PullmendError(
    'PM_COPY_REFUSED',
    { mirror, target },
    { ...(where === undefined ? {} : { where }), cause: error },
  );
}

async function headOf(target: Reference, copying: Copying): Promise<string | undefined> {
  const name = target.tag ?? target.digest ?? 'latest';
  return (await copying.registry(target).headManifest(name))?.digest;
}

async function failure(work: () => Promise<void>): Promise<Outcome> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof PullmendError) return error;
    throw error;
  }
}
