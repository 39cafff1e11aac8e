import { isError } from '../../core/base/index.ts';
import { digText } from '../../core/knowledge/pods/index.ts';
import type { Transport } from './transport.ts';

/** SelfSubjectReview (KEP-3325): alpha in 1.26, beta in 1.27, everywhere since 1.28. */
const versions = ['v1', 'v1beta1', 'v1alpha1'] as const;

/**
 * The user that the API server takes us for, impersonation included. Where it does not tell, the name that the
 * kubeconfig has for the user: it is stable on one machine, and records are read by people.
 */
export async function whoAmI(transport: Transport, fallback: string): Promise<string> {
  for (const version of versions) {
    const review = await transport
      .send({
        method: 'POST',
        verb: 'create',
        path: `/apis/authentication.k8s.io/${version}/selfsubjectreviews`,
        object: 'a review of the user',
        resource: 'selfsubjectreviews.authentication.k8s.io',
        isIdempotent: true,
        body: { apiVersion: `authentication.k8s.io/${version}`, kind: 'SelfSubjectReview' },
      })
      .catch((error: unknown) => {
        // Not served, or not for everybody: a cluster may take the right away.
        if (isError(error, 'PM_NOT_FOUND') || isError(error, 'PM_FORBIDDEN')) return undefined;
        throw error;
      });
    const user = digText(review, 'status', 'userInfo', 'username');
    if (user !== undefined) return user;
  }
  return fallback;
}
