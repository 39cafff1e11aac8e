import { failureClassInfo } from '../../core/knowledge/failures/index.ts';
import { sameObject, type PullProblem, type Usage } from '../../core/model/index.ts';

/** Groups of causes that lie with the registry or the way to it: who does not ask meets none of them. */
const askingGroups: ReadonlySet<string> = new Set(['access', 'quota', 'network', 'tls', 'registry']);

/**
 * Is the pull policy all that keeps these pods from starting: it is `Always`, and the nodes on which they fail have the
 * image.
 */
export function isPresent({ status }: PullProblem, { object, pullPolicy }: Usage): boolean {
  const { diagnosis, onNodes = [], failures } = status;
  const { group } = failureClassInfo[diagnosis.class];
  if (pullPolicy !== 'Always' || !(askingGroups.has(group) || diagnosis.class === 'not-found')) return false;
  // Of a bare pod the policy cannot change.
  if (object.kind === 'Pod' || object.kind === 'Job') return false;
  const own = failures.filter(({ owner }) => sameObject(owner, object)).flatMap(({ node }) => node ?? []);
  return own.length > 0 && own.every((node) => onNodes.includes(node));
}
