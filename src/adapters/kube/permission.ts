import { dig } from '../../core/knowledge/pods/index.ts';
import type { Permission } from '../../core/model/index.ts';
import type { Transport } from './transport.ts';

/** Asks the API server whether the user may do this. */
export async function can(
  transport: Transport,
  { verb, resource, namespace, name }: Permission,
): Promise<boolean> {
  const [first = resource, ...group] = resource.split('.');
  const [plural = first, subresource] = first.split('/');
  const attributes = { verb, group: group.join('.'), resource: plural, subresource, namespace, name };
  const review = await transport.send({
    method: 'POST',
    verb: 'create',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    object: `a review of ${verb} ${resource}`,
    resource: 'selfsubjectaccessreviews.authorization.k8s.io',
    isIdempotent: true,
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: attributes },
    },
  });
  return dig(review, 'status', 'allowed') === true;
}
