import type { Delivery, OwnershipFacts, OwnershipReport, PutBack } from '../../core/model/index.ts';

/**
 * What becomes of an edit of the object. What happened counts first, then what is told not to by its settings; where
 * something that decides may not be read, and nothing else is sure to put an edit back, nobody can say.
 */
export function judge(
  { operatorReverts, ...facts }: OwnershipFacts,
  putBack: readonly PutBack[],
): OwnershipReport {
  const verdict = verdictOf({ ...facts, ...(operatorReverts && { operatorReverts }) }, putBack);
  const next = facts.deliveries.find(({ does }) => does === 'overwrites' || does === 'held');
  return {
    ...facts,
    putBack,
    verdict,
    ...(verdict === 'kept' && next !== undefined && { until: next.manager }),
  };
}

function verdictOf(facts: OwnershipFacts, putBack: readonly PutBack[]): OwnershipReport['verdict'] {
  const does = (what: Delivery['does']): boolean => facts.deliveries.some((one) => one.does === what);
  if (putBack.length > 0 || facts.isDeleted || does('reverts')) return 'reverted';
  if (facts.chain.some(({ by }) => by === 'mirror-pod')) return 'reverted';
  const byOperator = operatorVerdict(facts);
  if (byOperator === 'reverted') return 'reverted';
  if (does('unreadable') || facts.chain.some(({ state }) => state === 'unreadable')) return 'unknown';
  return byOperator;
}

/** Of an object below a custom resource, or one that a program writes without an owner. */
function operatorVerdict({
  chain,
  subject,
  operators,
  writers,
  operatorReverts,
}: OwnershipFacts): OwnershipReport['verdict'] {
  const at = chain.findIndex(({ ref }) => ref.uid === subject.uid);
  const above = chain.slice(at + 1).filter(({ by }) => by === 'owner-reference');
  const owner = above[0];
  if (owner?.state === 'gone') return 'kept';
  if (owner === undefined) return writers.length === 0 ? 'kept' : 'unknown';
  if (operators.length > 0 && operators.every(({ wanted }) => wanted === 0)) return 'kept';
  if (operatorReverts === 'never' || operatorReverts === 'on-change') return 'kept';
  if (operatorReverts === 'always') return operators.some(({ ready }) => ready > 0) ? 'reverted' : 'unknown';
  // Nothing is known of it: it wrote the image and runs, or nobody can say.
  const runs = operators.some(({ ready }) => ready > 0);
  return runs && writers.length > 0 ? 'reverted' : 'unknown';
}
