import type { DefaultClassStep, Permission } from '../../core/model/index.ts';
import { rightsOn } from '../on-object.ts';

/** The class, and the claims that wait: they are looked at, and the scheduler is told of them. */
export function rights({ object, claims }: DefaultClassStep): readonly Permission[] {
  const namespaces = [...new Set(claims.flatMap(({ namespace }) => namespace ?? []))];
  return [
    ...rightsOn(object, ['get', 'patch']),
    ...namespaces.flatMap((namespace) =>
      ['get', 'patch'].map((verb) => ({ verb, resource: 'persistentvolumeclaims', namespace })),
    ),
  ];
}
