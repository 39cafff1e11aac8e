import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kube } from '../../adapters/kube/index.ts';
import { isError } from '../../core/base/index.ts';
import { asObjects, dig, digText } from '../../core/knowledge/pods/index.ts';
import { normaliseImage } from '../../core/image/index.ts';
import type { PreventedImage, PreventResult } from './types.ts';

/** API servers learn of a policy within a second or so, each by itself. */
const patienceMs = 15_000;
const pollMs = 500;

/**
 * Asks the API server to make a pod with one of the images, by dry run, until it gives it the mirror's name. Nothing
 * is made. `forbidden` where the user may not make pods.
 */
export async function provePolicy(
  kube: Kube,
  { image, with: wanted }: PreventedImage,
  namespace: string,
  signal: AbortSignal,
): Promise<NonNullable<PreventResult['proof']>> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name: `pullmend-${randomBytes(4).toString('hex')}` },
    spec: { containers: [{ name: 'asked', image }] },
  };
  const end = performance.now() + patienceMs;
  for (;;) {
    let given: string;
    try {
      const made = await kube.create(pod, { dryRun: true });
      given = normaliseImage(digText(asObjects(dig(made, 'spec', 'containers'))[0], 'image') ?? '');
    } catch (error) {
      // Pod Security and quotas refuse it too: then the pods themselves will show it.
      if (isError(error, 'PM_FORBIDDEN') || isError(error, 'PM_ADMISSION_DENIED')) return 'forbidden';
      throw error;
    }
    const holds = given === wanted;
    if (holds || performance.now() > end) return { image, given, holds };
    await sleep(pollMs, undefined, { signal });
  }
}
