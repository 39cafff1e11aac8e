import {
  objectName,
  type Chain,
  type Inventory,
  type ObjectRef,
  type PullFailure,
} from '../../core/model/index.ts';

/** The chains that end at one of these failing pods. */
export function chainsTo(chains: readonly Chain[], failures: readonly PullFailure[]): readonly Chain[] {
  const pods = namesOf(failures);
  return chains.filter((chain) => pods.has(objectName(endOf(chain))));
}

/** What waits for something that no failing image explains: a missing StorageClass, a provisioner that is silent. */
export function chainsWithoutImage({ chains = [], failures }: Inventory): readonly Chain[] {
  const pods = namesOf(failures);
  return chains.filter((chain) => !pods.has(objectName(endOf(chain))));
}

function endOf({ links }: Chain): ObjectRef {
  return (links.at(-1) ?? links[0]).object;
}

function namesOf(failures: readonly PullFailure[]): ReadonlySet<string> {
  return new Set(failures.map(({ pod }) => objectName(pod)));
}
