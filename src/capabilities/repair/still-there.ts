import { PullmendError } from '../../core/base/index.ts';
import { parseReference } from '../../core/image/index.ts';
import type { Replacement, RepairPlan } from '../../core/model/index.ts';
import type { World } from '../../access/index.ts';

/**
 * What was planned is what runs: each mirror is asked again what its name leads to.
 *
 * Errors: PM_COPY_GONE, PM_COPY_MOVED, PM_COPY_UNVERIFIED.
 */
export async function requireSameCopies(
  { spec }: RepairPlan,
  { allowUnverified }: { readonly allowUnverified: boolean },
  world: World,
): Promise<void> {
  const doubtful = spec.replacements.find(({ identity }) => identity === 'different');
  if (doubtful !== undefined && !allowUnverified)
    throw new PullmendError('PM_COPY_UNVERIFIED', { image: doubtful.image, copy: doubtful.with });
  await Promise.all(spec.replacements.map(async (one) => await requireSame(one, world)));
}

/** A mirror that does not answer from here may answer the nodes; they tell what they got. */
async function requireSame(
  { with: copy, digest, mirror: name, made }: Replacement,
  { registries, outside, options }: World,
): Promise<void> {
  if (digest === undefined || made === true) return;
  const mirror = outside.mirrors.mirrors.find((one) => one.name === name);
  const found = await registries.probe(parseReference(copy), {
    ...(mirror === undefined ? {} : { mirror }),
    signal: options.signal,
  });
  if (found.outcome === 'absent') throw new PullmendError('PM_COPY_GONE', { copy }, { where: found.detail });
  if (found.digest !== undefined && found.digest !== digest)
    throw new PullmendError('PM_COPY_MOVED', { copy, planned: digest, found: found.digest });
}
