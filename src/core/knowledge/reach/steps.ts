import { bareMediaType, imageMediaTypes, indexMediaTypes } from '../../image/index.ts';
import { reachSteps, type EndpointReach, type ReachResult, type ReachStep } from '../../model/index.ts';

/** What a server answered to the HEAD of a manifest. */
export type ManifestAnswer = { readonly status: number; readonly mediaType: string };

/** The step at which an answer breaks, if it does (OCI distribution specification, "Pulling manifests"). */
export function judgeManifest({ status, mediaType }: ManifestAnswer): ReachStep | undefined {
  if (status === 401 || status === 403 || status === 451) return 'auth';
  if (status === 407) return 'proxy';
  const type = bareMediaType(mediaType);
  return status === 200 && (imageMediaTypes.includes(type) || indexMediaTypes.includes(type))
    ? undefined
    : 'manifest';
}

/** Steps that are left out where nothing of the kind is there. */
export type Without = readonly ('proxy' | 'tls')[];

/**
 * All steps of a way, from where it broke: those before it worked, those after it were not reached. Of a way that
 * led to the manifest, `platform` and `blob` stay unknown until they are told.
 */
export function reachedTo(
  broken: { readonly step: ReachStep; readonly detail: string } | undefined,
  told: readonly ReachResult[],
  without: Without,
): Pick<EndpointReach, 'steps' | 'breaksAt'> {
  const end = broken === undefined ? reachSteps.indexOf('platform') : reachSteps.indexOf(broken.step);
  const steps = reachSteps
    .filter((step) => !(without as readonly ReachStep[]).includes(step))
    .map((step): ReachResult => {
      const known = told.find((one) => one.step === step);
      const at = reachSteps.indexOf(step);
      if (at < end) return known ?? { step, result: 'ok' };
      if (step === broken?.step) return { step, result: 'broken', detail: broken.detail };
      return (broken === undefined ? known : undefined) ?? { step, result: 'unknown' };
    });
  const breaksAt = steps.find(({ result }) => result === 'broken')?.step;
  return { steps, ...(breaksAt === undefined ? {} : { breaksAt }) };
}
