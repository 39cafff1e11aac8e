import { dig, digText } from '../../../src/core/knowledge/pods/index.ts';
import type { Json } from '../../../src/core/model/index.ts';
import { Refusal } from './reply.ts';

/** Access that the user lacks; an absent part means any. */
export type Denial = {
  readonly verb?: string;
  /** Plural without group, e.g. `deployments`. */
  readonly resource?: string;
  readonly namespace?: string;
};

export type Access = {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
};

export function isDenied(denials: readonly Denial[], { verb, resource, namespace }: Access): boolean {
  return denials.some(
    (denial) =>
      (denial.verb === undefined || denial.verb === verb) &&
      (denial.resource === undefined || denial.resource === resource) &&
      (denial.namespace === undefined || denial.namespace === namespace),
  );
}

/** The authorizer's refusal, word for word. */
export function forbidden({ verb, group, resource, namespace, name }: Access): Refusal {
  const full = `${resource}${group === '' ? '' : `.${group}`}`;
  const what = name === undefined ? full : `${full} "${name}"`;
  const where = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`;
  const message = `${what} is forbidden: User "tester" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`;
  return new Refusal(403, 'Forbidden', message, { kind: resource });
}

/** Answers a SelfSubjectAccessReview. */
export function review(denials: readonly Denial[], body: Json | undefined): Json {
  const asked = dig(body, 'spec', 'resourceAttributes');
  const namespace = digText(asked, 'namespace');
  const allowed = !isDenied(denials, {
    verb: digText(asked, 'verb') ?? '',
    group: digText(asked, 'group') ?? '',
    resource: digText(asked, 'resource') ?? '',
    ...(namespace === undefined ? {} : { namespace }),
  });
  return {
    kind: 'SelfSubjectAccessReview',
    apiVersion: 'authorization.k8s.io/v1',
    spec: dig(body, 'spec'),
    status: { allowed },
  };
}
