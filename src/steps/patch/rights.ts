import type { PatchStep, Permission } from '../../core/model/index.ts';
import { isWorkload, rightsOn, rightsToProve } from '../on-object.ts';

export function rights(step: PatchStep): readonly Permission[] {
  const { object, resource, followers, expect } = step;
  const own = rightsOn(object, ['get', 'patch']).map((right) =>
    resource === undefined ? right : { ...right, resource },
  );
  if (followers === undefined) return [...own, ...rightsToProve(step)];
  return [
    ...own,
    ...followers.flatMap(({ object: follower, pods }) => [
      ...(isWorkload(follower) ? rightsOn(follower, ['get']) : []),
      ...rightsToProve({ object: follower, expect }),
      ...pods.slice(0, 1).flatMap((pod) => rightsOn(pod, ['delete'])),
    ]),
  ];
}
