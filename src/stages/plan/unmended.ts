import { sameObject, type PullProblem, type Unmended, type Usage } from '../../core/model/index.ts';

/** Why something is left alone, with what fills the reason's text and what may help. */
export type Why = Pick<Unmended, 'reason' | 'detail' | 'manager' | 'copyTo' | 'copy' | 'requestVia'>;

/** One entry for each object of a problem that is left alone. */
export function unmended(problem: PullProblem, usages: readonly Usage[], why: Why): readonly Unmended[] {
  const objects = usages.map((usage) => usage.object);
  const distinct = objects.filter(
    (object, index) => objects.findIndex((o) => sameObject(o, object)) === index,
  );
  return distinct.map((object) => ({
    image: problem.spec.image,
    object,
    usages: usages.filter((usage) => sameObject(usage.object, object)),
    pods: problem.status.failures.filter((failure) => sameObject(failure.owner, object)).length,
    class: problem.status.diagnosis.class,
    reason: why.reason,
    ...(why.detail === undefined ? {} : { detail: why.detail }),
    ...(why.manager === undefined ? {} : { manager: why.manager }),
    ...(why.copyTo === undefined ? {} : { copyTo: why.copyTo }),
    ...(why.copy === undefined ? {} : { copy: why.copy }),
    ...(why.requestVia === undefined ? {} : { requestVia: why.requestVia }),
  }));
}

/** A pause image stands in the configuration of a node's runtime: one entry for each node, with a copy of it. */
export function sandboxes(problem: PullProblem, copy: string | undefined): readonly Unmended[] {
  return problem.status.nodes.map((name) => ({
    image: problem.spec.image,
    object: { apiVersion: 'v1', kind: 'Node', name },
    usages: [],
    pods: problem.status.failures.filter(({ node }) => node === name).length,
    class: problem.status.diagnosis.class,
    reason: 'runtime-config',
    ...(copy === undefined ? {} : { detail: copy }),
  }));
}
