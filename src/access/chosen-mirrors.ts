import { PullmendError } from '../core/base/index.ts';
import type { Mirror } from '../core/model/index.ts';
import type { World } from './world.ts';

/** The mirrors of these names, all for none. Throws PM_MIRROR_UNKNOWN. */
export function chosenMirrors(names: readonly string[], { outside }: World): readonly Mirror[] {
  const { mirrors } = outside.mirrors;
  const known = mirrors.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new PullmendError('PM_MIRROR_UNKNOWN', { name: unknown, known });
  return mirrors.filter(({ name }) => names.length === 0 || names.includes(name));
}
