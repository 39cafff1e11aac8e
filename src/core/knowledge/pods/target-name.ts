import { PullmendError } from '../../base/index.ts';
import { kindNamed, kinds, type KindInfo } from './kinds.ts';

/** Reads `deploy/web` or `statefulsets.apps/db` as kubectl does. Errors: PM_UNKNOWN_KIND. */
export function parseTargetName(text: string): { readonly kind: KindInfo; readonly name: string } {
  const [kindText = '', name = '', ...more] = text.split('/');
  const kind = kindNamed(kindText);
  if (kind?.podSpecPath === undefined || name === '' || more.length > 0) {
    const known = kinds.filter(({ podSpecPath }) => podSpecPath !== undefined);
    throw new PullmendError('PM_UNKNOWN_KIND', {
      name: text,
      known: known.map(({ names, plural }) => names[0] ?? plural),
    });
  }
  return { kind, name };
}
